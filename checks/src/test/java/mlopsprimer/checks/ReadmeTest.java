package mlopsprimer.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Runs the README's commands, with another port and another file of prices. ReadmeTest in e2e runs
 * the commands that need a cluster.
 */
@EnabledIfEnvironmentVariable(named = "REAL_PRICES", matches = ".+")
class ReadmeTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

  /** The command that runs this test. */
  private static final String TESTS = "make test";

  private static final Pattern CLUSTER =
      Pattern.compile(
          "((BUNDLE=.* )?(export|vagrant|pulumi|kubectl|eval|make (e2e|doctor|bundle|lab)) ?|curl http://192).*");

  private static final String DEMO = "make demo";

  private final int port = freePort();

  @Test
  void everyCommandWithoutAClusterSucceeds() throws Exception {
    List<String> commands = commands();
    assertThat(commands).contains(DEMO, TESTS).anyMatch(c -> c.startsWith("curl "));

    demoAnswersEvery(commands.stream().filter(c -> c.startsWith("curl ")).toList());
    for (String command : commands) {
      if (!command.equals(DEMO) && !command.equals(TESTS) && !command.startsWith("curl ")) {
        succeed(command);
      }
    }
  }

  private void demoAnswersEvery(List<String> curls) throws Exception {
    try (Program demo = Program.shell("exec " + DEMO, environment())) {
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                assertThat(demo.isAlive()).as(demo::describe).isTrue();
                return demo.output().contains("until Ctrl-C");
              });
      for (String curl : curls) {
        String answer = succeed(curl.replace("curl ", "curl --silent --fail "));
        assertThat(JsonParser.parseString(answer).isJsonObject()).as(answer).isTrue();
      }
      demo.terminate();
      demo.exitCode(Duration.ofSeconds(20));
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> !isServing());
  }

  private boolean isServing() {
    try {
      new Http(port).get("/health/live");
      return true;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private String succeed(String command) throws Exception {
    String here =
        command
            .replace(":8080", ":" + port)
            .replace("csv:prices.csv.gz", "csv:" + System.getenv("REAL_PRICES") + "/sp500.csv.gz");
    try (Program program = Program.shell(here, environment())) {
      assertThat(program.exitCode(PATIENCE)).as(program.describe()).isZero();
      return program.output();
    }
  }

  private Map<String, String> environment() {
    return Map.of("PORT", String.valueOf(port));
  }

  private static List<String> commands() throws IOException {
    String readme = Files.readString(Program.ROOT.resolve("README.md"));
    return BLOCK
        .matcher(readme)
        .results()
        .map(MatchResult::group)
        .flatMap(String::lines)
        .filter(line -> !line.startsWith("```") && !CLUSTER.matcher(line).matches())
        .toList();
  }

  private static int freePort() {
    try {
      return Http.freePort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
