package mlopsprimer.nodeprovider;

import java.util.Map;

/** Inputs that no resource can be made from: the reason by the name of the property. */
final class InvalidInputs extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Map<String, String> reasons;

  InvalidInputs(Map<String, String> reasons) {
    super(reasons.toString());
    this.reasons = Map.copyOf(reasons);
  }

  Map<String, String> reasons() {
    return reasons;
  }
}
