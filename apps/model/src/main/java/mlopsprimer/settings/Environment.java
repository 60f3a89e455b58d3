package mlopsprimer.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Environment variables, by the options that they stand in for. */
public record Environment(Map<String, String> variables) {
  public Environment {
    variables = Map.copyOf(variables);
  }

  /**
   * The value for an option that was not given: {@code --as-of} from {@code AS_OF}. An empty
   * variable is one that is not set.
   */
  public Optional<String> valueOf(String option) {
    String name = option.replaceFirst("^--", "").replace('-', '_').toUpperCase(Locale.ROOT);
    return Optional.ofNullable(variables.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }
}
