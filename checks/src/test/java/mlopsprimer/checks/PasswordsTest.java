package mlopsprimer.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password that a user puts in a setting by mistake appears in no output, file or answer. */
class PasswordsTest {
  private static final String URL = "https://me:s3cret@h.example/";
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--yahoo-base-url=" + URL,
        "--yahoo-base-url=https://h.example/?key=s3cret",
        "--yahoo-base=" + URL,
        "--source=csv:" + URL,
        "--source=" + URL,
        "--ticker=" + URL,
        "--store=" + URL,
        URL
      })
  void theTrainerRepeatsNoPassword(String argument) throws Exception {
    assertRefusedWithoutThePassword("trainer", List.of("train", argument), Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--store=" + URL, "--host=" + URL, "--hst=" + URL, URL})
  void theApiRepeatsNoPassword(String argument) throws Exception {
    assertRefusedWithoutThePassword("api", List.of(argument), Map.of());
  }

  @Test
  void aPasswordInAVariableIsNotRepeated() throws Exception {
    assertRefusedWithoutThePassword("trainer", List.of("train"), Map.of("YAHOO_BASE_URL", URL));
  }

  @Test
  void anAnswerOfTheApiRepeatsNoPassword() throws Exception {
    Http http = new Http(Http.freePort());
    try (Program api =
        Program.app(
            "api", "--port", String.valueOf(http.port()), "--store", directory.toString())) {
      http.awaitStatus(A_MINUTE, "/health/live", 200);

      for (String parameter : List.of("ticker", "threshold")) {
        var answer =
            http.get(
                "/predictionForTomorrow?%s=%s"
                    .formatted(parameter, URLEncoder.encode(URL, StandardCharsets.UTF_8)));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body() + answer.headers().map()).doesNotContainIgnoringCase("s3cret");
      }
      assertThat(api.output()).doesNotContainIgnoringCase("s3cret");
    }
  }

  /** Runs an app with its working directory in the checkout, but with its store elsewhere. */
  private void assertRefusedWithoutThePassword(
      String app, List<String> arguments, Map<String, String> variables) throws Exception {
    List<String> line = new ArrayList<>(Program.java("@apps/%s/jvm.options".formatted(app), app));
    line.addAll(arguments);
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("STORE", directory.resolve("models").toString());
    try (Program program = Program.start(line, environment)) {
      assertThat(program.exitCode(A_MINUTE)).as(program.describe()).isEqualTo(2);
      assertThat(program.output()).isNotBlank().doesNotContainIgnoringCase("s3cret");
    }
    assertThat(directory).isEmptyDirectory();
    assertThat(Program.ROOT.resolve("https:")).doesNotExist();
  }
}
