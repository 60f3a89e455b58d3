package mlopsprimer.contract;

import java.util.ArrayList;
import java.util.List;

/** Collects the problems of settings, so that the user gets all of them in one report. */
public final class Problems {
  private final List<String> found = new ArrayList<>();

  /**
   * Records one problem.
   *
   * @param problem a sentence without a full stop, as a format for {@link String#format}
   * @param facts the arguments of that format
   */
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
