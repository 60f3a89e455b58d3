package mlopsprimer.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trainer's and the API's jar as processes that share a model store. */
class JarsTest {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);
  private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

  @TempDir Path directory;
  private String store;
  private Http http;

  @BeforeEach
  void choosePlaces() throws IOException {
    store = directory.resolve("models").toString();
    http = new Http(Http.freePort());
  }

  @Test
  void aNewChampionIsServedWithinTwoSecondsWithoutARestart() throws Exception {
    train("--seed", "1");
    String first = championVersion();
    try (Program api = api()) {
      awaitReady(api);
      assertThat(http.servedVersion()).isEqualTo(first);

      train("--seed", "2");
      String second = championVersion();
      assertThat(second).isNotEqualTo(first);
      awaitServed(second);
    }
  }

  @Test
  void aRollbackIsServedWithinTwoSecondsWithoutARestart() throws Exception {
    train("--seed", "1");
    String first = championVersion();
    train("--seed", "2");
    String second = championVersion();
    try (Program api = api()) {
      awaitReady(api);
      assertThat(http.servedVersion()).isEqualTo(second);

      trainer("rollback", Stream.of("--to", first));
      awaitServed(first);
    }
  }

  @Test
  void aNewLatestRowIsServedWithinTwoSecondsWithoutARestart() throws Exception {
    train("--as-of", "2026-01-30");
    try (Program api = api()) {
      awaitReady(api);
      assertThat(http.prediction().get("asOf").getAsString()).isEqualTo("2026-01-30");
      assertThat(http.prediction().get("forDate").getAsString()).isEqualTo("2026-02-02");
      assertThat(http.prediction().get("stale").getAsBoolean()).isTrue();

      train();
      JsonObject fresh =
          Http.await(TWO_SECONDS)
              .until(http::prediction, answer -> !answer.get("stale").getAsBoolean());
      assertThat(fresh.get("dataSource").getAsString()).isEqualTo("sample");
    }
  }

  @Test
  void anApiThatStartsWithoutAModelServesTheFirstOne() throws Exception {
    try (Program api = api()) {
      http.awaitStatus(A_MINUTE, "/health/live", 200);
      assertThat(http.status("/health/ready")).as(api.describe()).isEqualTo(503);
      assertThat(http.get("/predictionForTomorrow").headers().firstValue("Retry-After"))
          .isPresent();

      train();
      http.awaitStatus(TWO_SECONDS, "/health/ready", 200);
    }
  }

  @Test
  void anApiThatIsTerminatedExitsWithZeroWithinTwentySeconds() throws Exception {
    train();
    try (Program api = api()) {
      awaitReady(api);
      api.terminate();
      assertThat(api.exitCode(Duration.ofSeconds(20))).as(api.describe()).isZero();
    }
  }

  @Test
  void anApiThatIsTerminatedAsSoonAsItListensStopsInOrder() throws Exception {
    try (Program api = api()) {
      Http.await(A_MINUTE).until(http::accepts);
      api.terminate();
      assertThat(api.exitCode(Duration.ofSeconds(20))).as(api.describe()).isZero();
      assertThat(api.output()).contains("event=stopped");
    }
  }

  @Test
  void theTrainersHelpNamesItsOptions() throws Exception {
    try (Program trainer = Program.app("trainer", "train", "--help")) {
      assertThat(trainer.exitCode(A_MINUTE)).isZero();
      assertThat(trainer.output())
          .contains(
              "--ticker",
              "--source",
              "--store",
              "--as-of",
              "--history",
              "--trees",
              "--max-depth",
              "--min-leaf",
              "--seed",
              "--threads",
              "--keep",
              "--allow-stale",
              "--yahoo-base-url");
    }
  }

  @Test
  void theApisHelpNamesItsOptions() throws Exception {
    try (Program api = Program.app("api", "--help")) {
      assertThat(api.exitCode(A_MINUTE)).isZero();
      assertThat(api.output())
          .contains("--store", "--host", "--port", "--management-port", "--ticker", "--threshold");
    }
  }

  private Program api() throws IOException {
    return Program.app(
        "api",
        "--store",
        store,
        "--ticker",
        "SPY",
        "--port",
        String.valueOf(http.port()),
        "--management-port",
        "0");
  }

  private void awaitReady(Program api) {
    Http.await(A_MINUTE)
        .until(
            () -> {
              assertThat(api.isAlive()).as(api::describe).isTrue();
              return http.status("/health/ready") == 200;
            });
  }

  private void awaitServed(String version) {
    Http.await(TWO_SECONDS).until(http::servedVersion, version::equals);
  }

  private void train(String... more) throws IOException, InterruptedException {
    trainer("train", Stream.concat(Stream.of("--source", "sample"), Stream.of(more)));
  }

  private void trainer(String command, Stream<String> options)
      throws IOException, InterruptedException {
    String[] line =
        Stream.concat(Stream.of(command, "--ticker", "SPY", "--store", store), options)
            .toArray(String[]::new);
    try (Program trainer = Program.app("trainer", line)) {
      assertThat(trainer.exitCode(A_MINUTE)).as(trainer.describe()).isZero();
    }
  }

  private String championVersion() throws IOException {
    String json = Files.readString(Path.of(store, "champions", "SPY.json"));
    return JsonParser.parseString(json).getAsJsonObject().get("version").getAsString();
  }
}
