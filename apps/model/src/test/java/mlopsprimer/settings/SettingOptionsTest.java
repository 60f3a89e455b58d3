package mlopsprimer.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import mlopsprimer.contract.Setting;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.contract.SettingsException;
import mlopsprimer.contract.TrainerSettings;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class SettingOptionsTest {
  @Test
  void aFlagWinsOverTheVariableOfItsName() {
    assertThat(read(Map.of("TREES", "7"), "--trees", "9").get(TrainerSettings.TREES)).isEqualTo(9);
  }

  @Test
  void aVariableWinsOverTheDefault() {
    assertThat(read(Map.of("TREES", "7")).get(TrainerSettings.TREES)).isEqualTo(7);
  }

  @Test
  void anEmptyVariableCountsAsNotSet() {
    assertThat(read(Map.of("TREES", " ")).get(TrainerSettings.TREES)).isEqualTo(100);
  }

  @Test
  void aSettingThatIsTrueOrFalseNeedsNoValue() {
    assertThat(read(Map.of(), "--allow-stale").get(TrainerSettings.ALLOW_STALE)).isTrue();
    assertThat(
            read(Map.of("ALLOW_STALE", "true"), "--allow-stale=false")
                .get(TrainerSettings.ALLOW_STALE))
        .isFalse();
  }

  @Test
  void theArgumentsOfAPodAreParsedAsACommandLine() {
    SettingValues values = read(Map.of(), "--seed", "-42", "--ticker", "^gspc");

    List<String> arguments = values.toArguments();

    assertThat(read(Map.of(), arguments.toArray(String[]::new))).isEqualTo(values);
  }

  @Test
  void wrongValuesOfFlagsAndVariablesAreReportedTogether() {
    assertThatThrownBy(() -> read(Map.of("TREES", "x"), "--seed", "y"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("2 problems")
        .hasMessageContaining("--trees is 'x'")
        .hasMessageContaining("--seed is 'y'");
  }

  @Test
  void helpHasADescriptionAndTheDefaultOfEverySetting() {
    CommandSpec command = CommandSpec.create().name("train");
    new SettingOptions(TrainerSettings.ALL, Map.of()).addTo(command);

    String help =
        new CommandLine(command).setUsageHelpWidth(500).getUsageMessage().replaceAll("\\s+", " ");

    for (Setting<?> setting : TrainerSettings.ALL.settings()) {
      assertThat(help).contains(setting.flag(), setting.description());
    }
    assertThat(help).contains("Accepted: one of yahoo, csv:PATH, sample", "Default: yahoo.");
  }

  private static SettingValues read(Map<String, String> environment, String... arguments) {
    CommandSpec command = CommandSpec.create();
    SettingOptions options = new SettingOptions(TrainerSettings.ALL, environment);
    options.addTo(command);
    new CommandLine(command).parseArgs(arguments);
    return options.read();
  }
}
