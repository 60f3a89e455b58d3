package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.infra.config.InvalidConfig;
import mlopsprimer.infra.config.StackConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Asks the API server about the values of checks/src/test/resources/setting-values.txt. */
@ExtendWith(Lab.class)
class SettingValuesTest {
  private static final Path TABLE =
      Shell.ROOT.resolve("checks/src/test/resources/setting-values.txt");
  private static final Path VERDICTS = Shell.ROOT.resolve("e2e/target/setting-verdicts.txt");

  @Test
  void theApiServerAcceptsEveryValueThatInfraAccepts() throws IOException {
    List<String> verdicts =
        Files.readAllLines(TABLE).stream()
            .filter(line -> !line.startsWith("#"))
            .map(line -> "%s %s".formatted(infraAccepts(line) ? "accepted" : "refused", line))
            .toList();
    Files.write(VERDICTS, verdicts);

    List<String> judged = succeed("e2e/judge-settings.py " + VERDICTS).lines().toList();
    judged.forEach(System.out::println);

    assertThat(judged).hasSize(verdicts.size() + 1);
    assertThat(judged.stream().filter(line -> line.startsWith("accepted")))
        .hasSizeGreaterThan(40)
        .allMatch(line -> line.endsWith("accepted by Kubernetes"));
  }

  private static boolean infraAccepts(String line) {
    int blank = line.indexOf(' ');
    Map<String, String> values = Map.of(line.substring(0, blank), line.substring(blank + 1));
    try {
      StackConfig.read(key -> Optional.ofNullable(values.get(key)), Shell.ROOT, Clock.systemUTC());
      return true;
    } catch (InvalidConfig e) {
      return false;
    }
  }
}
