package mlopsprimer.nodeprovider.rpc;

import java.util.Map;

/** All problems with the inputs of one resource, by the name of the input. */
public final class InvalidInputs extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Map<String, String> problems;

  InvalidInputs(Map<String, String> problems) {
    super(problems.toString());
    this.problems = Map.copyOf(problems);
  }

  Map<String, String> problems() {
    return problems;
  }
}
