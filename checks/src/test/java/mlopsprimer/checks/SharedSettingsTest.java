package mlopsprimer.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mlopsprimer.contract.ApiSettings;
import mlopsprimer.contract.Setting;
import mlopsprimer.contract.SettingGroup;
import mlopsprimer.contract.TrainerSettings;
import mlopsprimer.infra.config.InvalidConfig;
import mlopsprimer.infra.config.StackConfig;
import mlopsprimer.infra.config.StackSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Gives a table of values to infra and to the apps, and compares what they accept. Each app also
 * gets a second setting that is always wrong, so that it reports its problems and ends at once.
 */
class SharedSettingsTest {
  private static final Path TABLE = Path.of("src/test/resources/setting-values.txt");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path context;

  /** A line of the table: the key of a setting and a value, right or wrong. */
  private record Value(String key, String text) {
    static Value of(String line) {
      int blank = line.indexOf(' ');
      return new Value(line.substring(0, blank), line.substring(blank + 1));
    }
  }

  /**
   * An app.
   *
   * @param command the arguments before the settings
   * @param settings the settings of the app that a stack has too
   * @param refused an argument that the app refuses
   */
  private record App(String name, List<String> command, SettingGroup settings, String refused) {}

  private static final List<App> APPS =
      List.of(
          new App("trainer", List.of("train"), TrainerSettings.OF_STACK, "--threads=0"),
          new App("api", List.of(), ApiSettings.OF_STACK, "--port=65536"));

  @BeforeEach
  void writeTheFilesOfACluster() throws IOException {
    Files.writeString(context.resolve("admin.conf"), "clusters: []\n");
    Files.writeString(context.resolve("ssh-config"), "");
  }

  @Test
  void infraAndTheAppsAcceptTheSameValues() throws Exception {
    List<String> report = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    for (Value value : table()) {
      Optional<StackConfig> stack = stack(value);
      String infra = verdict(stack.isPresent());
      for (App app : APPS) {
        if (app.settings().settings().stream().noneMatch(s -> s.key().equals(value.key()))) {
          continue;
        }
        String verdict = verdict(accepts(app, value, stack));
        report.add(
            "%-18s %-46s %-9s %s %s"
                .formatted(value.key(), value.text(), infra, app.name(), verdict));
        if (!verdict.equals(infra)) {
          differences.add(report.get(report.size() - 1));
        }
      }
    }
    System.out.println(
        "setting            value                                          infra     app");
    report.forEach(System.out::println);

    assertThat(report).hasSizeGreaterThan(60);
    assertThat(differences).isEmpty();
  }

  @Test
  void theTableHasRightAndWrongValuesForEverySettingExceptListsAndFiles() throws IOException {
    Set<String> accepted = new LinkedHashSet<>();
    Set<String> refused = new LinkedHashSet<>();
    for (Value value : table()) {
      (stack(value).isPresent() ? accepted : refused).add(value.key());
    }
    Set<String> expected =
        StackSettings.ALL.settings().stream()
            .map(Setting::key)
            .filter(key -> !Set.of("tickers", "baseImage", "kubeconfig", "sshConfig").contains(key))
            .collect(Collectors.toSet());

    assertThat(accepted).isEqualTo(expected);
    assertThat(refused).isEqualTo(expected);
  }

  private Optional<StackConfig> stack(Value value) {
    Map<String, String> values =
        Map.of(
            value.key(),
            value.text(),
            "kubeconfig",
            context.resolve("admin.conf").toString(),
            "sshConfig",
            context.resolve("ssh-config").toString());
    try {
      return Optional.of(
          StackConfig.read(
              key -> Optional.ofNullable(values.get(key)), Program.ROOT, Clock.systemUTC()));
    } catch (InvalidConfig e) {
      return Optional.empty();
    }
  }

  /**
   * Whether the app accepts the value. If infra accepts it, the app gets the arguments of its pod,
   * otherwise the value itself.
   */
  private static boolean accepts(App app, Value value, Optional<StackConfig> stack)
      throws Exception {
    List<String> arguments = new ArrayList<>(app.command());
    if (stack.isPresent()) {
      StackConfig config = stack.get();
      arguments.addAll(
          app.name().equals("trainer")
              ? config.trainerArguments(config.trainings().allTickers())
              : config.apiArguments());
      arguments.removeIf(argument -> argument.startsWith("--port="));
    } else {
      arguments.add(flagOf(app, value) + "=" + value.text());
    }
    arguments.add(app.refused());
    try (Program program = Program.app(app.name(), arguments.toArray(String[]::new))) {
      assertThat(program.exitCode(PATIENCE)).as(program.describe()).isEqualTo(2);
      String refused = app.refused().substring(0, app.refused().indexOf('='));
      assertThat(program.output()).as(program.describe()).contains(refused + " is '");
      return program.output().lines().filter(line -> line.contains(" is needed")).count() == 1;
    }
  }

  private static String flagOf(App app, Value value) {
    return app.settings().settings().stream()
        .filter(setting -> setting.key().equals(value.key()))
        .findFirst()
        .orElseThrow()
        .flag();
  }

  private static String verdict(boolean accepted) {
    return accepted ? "accepted" : "refused";
  }

  private static List<Value> table() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .filter(line -> !line.startsWith("#"))
        .map(Value::of)
        .toList();
  }
}
