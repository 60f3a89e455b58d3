package mlopsprimer.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Collects what is wrong with the settings, so that all of it is reported at once. */
public final class Problems {
  private final List<String> found = new ArrayList<>();

  /** The parsed value; null after a problem, which {@link #throwIfAny} then reports. */
  public <T> T parse(String flag, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (RuntimeException e) {
      found.add("%s: %s".formatted(flag, e.getMessage()));
      return null;
    }
  }

  public int wholeNumber(String flag, String text, int least, int most) {
    Integer number =
        parse(
            flag,
            text,
            t -> {
              if (!t.matches("-?\\d{1,10}")
                  || Long.parseLong(t) < least
                  || Long.parseLong(t) > most) {
                throw new IllegalArgumentException(
                    "'%s' is not a whole number from %d to %d".formatted(t, least, most));
              }
              return Integer.valueOf(t);
            });
    return number == null ? least : number;
  }

  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new SettingsException(found);
    }
  }
}
