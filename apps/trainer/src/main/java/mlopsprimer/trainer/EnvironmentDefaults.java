package mlopsprimer.trainer;

import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Takes an option that is not given from the variable of the same name: {@code --as-of} from {@code
 * AS_OF}. An empty variable is one that is not set.
 */
record EnvironmentDefaults(Map<String, String> environment) implements IDefaultValueProvider {
  @Override
  public String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String variable =
        option.longestName().replaceFirst("^--", "").replace('-', '_').toUpperCase(Locale.ROOT);
    String value = environment.getOrDefault(variable, "");
    return value.isBlank() ? null : value.strip();
  }
}
