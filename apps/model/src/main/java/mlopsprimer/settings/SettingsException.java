package mlopsprimer.settings;

import java.util.List;

/** Settings that cannot be worked with: all the problems at once. */
public class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SettingsException(List<String> problems) {
    super(
        problems.size() == 1
            ? problems.get(0)
            : problems.size() + " problems:\n  " + String.join("\n  ", problems));
  }
}
