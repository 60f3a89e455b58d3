package mlopsprimer.contract;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with settings, so that everything is reported at once. */
public final class Problems {
  private final List<String> found = new ArrayList<>();

  /** Records one problem, as a whole sentence without a full stop. */
  public void add(String problem, Object... facts) {
    found.add(problem.formatted(facts));
  }

  /** The problems in the order in which they were found. */
  public List<String> found() {
    return List.copyOf(found);
  }

  /**
   * @throws SettingsException with every problem, if there is one
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new SettingsException(found);
    }
  }
}
