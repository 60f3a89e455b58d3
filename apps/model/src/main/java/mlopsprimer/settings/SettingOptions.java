package mlopsprimer.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.contract.Setting;
import mlopsprimer.contract.SettingGroup;
import mlopsprimer.contract.SettingGroup.Spelling;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.contract.SettingsException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of a command, made from a group of settings. If the command line has the flag of a
 * setting, its value is used. Otherwise the environment variable of the setting is used, or the
 * default if the variable is blank or not set.
 */
public final class SettingOptions {
  private final SettingGroup group;
  private final Map<String, String> environment;
  private final Map<Setting<?>, OptionSpec> options = new LinkedHashMap<>();

  /**
   * @param environment the variables of the process
   */
  public SettingOptions(SettingGroup group, Map<String, String> environment) {
    this.group = group;
    this.environment = Map.copyOf(environment);
    group.settings().forEach(setting -> options.put(setting, option(setting)));
  }

  /** Adds an option for every setting to a command. */
  public void addTo(CommandSpec command) {
    options.values().forEach(command::addOption);
  }

  /**
   * Reads the values. The command line must have been parsed before.
   *
   * @throws SettingsException if values are wrong; the message names every wrong value
   */
  public SettingValues read() {
    return group.read(Spelling.FLAG, this::textOf);
  }

  private Optional<String> textOf(Setting<?> setting) {
    Optional<String> flag = Optional.ofNullable(options.get(setting).getValue());
    return flag.isPresent()
        ? flag
        : Optional.ofNullable(environment.get(setting.variable()))
            .filter(value -> !value.isBlank());
  }

  private static OptionSpec option(Setting<?> setting) {
    OptionSpec.Builder option =
        OptionSpec.builder(setting.flag())
            .type(String.class)
            .paramLabel("<" + setting.name() + ">")
            .description(description(setting));
    if (setting.defaultValue() instanceof Boolean) {
      option.arity("0..1").fallbackValue("true");
    }
    return option.build();
  }

  private static String description(Setting<?> setting) {
    String text =
        "%s Accepted: %s.".formatted(setting.description(), setting.format().wanted())
            + (setting.defaultText().isEmpty()
                ? ""
                : " Default: %s.".formatted(setting.defaultText()));
    return text.replace("%", "%%"); // picocli interprets a description as a format
  }
}
