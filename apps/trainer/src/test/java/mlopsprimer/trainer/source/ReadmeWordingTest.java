package mlopsprimer.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the README quotes the messages about Yahoo as the trainer prints them. */
class ReadmeWordingTest {
  @ParameterizedTest
  @ValueSource(ints = {429, 403, 302, 200})
  void theReadmeQuotesTheBeginningOfTheMessage(int status) throws IOException {
    Answer answer =
        status == 302
            ? Answer.of(status, Map.of("Location", "https://consent.example/"), new byte[0])
            : Answer.text(status, "text/html", "<html>");
    try (var server = new MisbehavingServer(answer)) {
      String message = catchThrowable(() -> YahooFixture.fetch(server)).getMessage();
      String beginning = message.substring(0, message.indexOf(':'));
      assertThat(Path.of("../../README.md")).content().contains("`" + beginning + "`");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cannot reach Yahoo: host name not found",
        "stale prices",
        "the proxy refused",
        "the proxy wants other credentials",
        "too few sessions to train on",
        "the newest move is held back",
        "missing columns",
        "is not a day",
        "two rows of one day differ"
      })
  void theTrainerPrintsWhatTheReadmeQuotes(String quote) throws IOException {
    assertThat(Path.of("../../README.md")).content().contains("`" + quote + "`");
    String end = quote.replaceFirst(".*: ", ""); // the message is put together from two texts
    try (var sources = Files.walk(Path.of("src/main/java"))) {
      assertThat(sources.filter(file -> file.toString().endsWith(".java")))
          .anyMatch(file -> textOf(file).contains(end));
    }
  }

  private static String textOf(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
