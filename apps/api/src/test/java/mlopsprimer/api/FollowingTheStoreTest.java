package mlopsprimer.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FollowingTheStoreTest extends ApiTest {
  private static final String PATH = "/predictionForTomorrow";

  @Test
  void aNewChampionARollbackAndANewRowAreServedWithoutARestart() throws Exception {
    String first = store.champion("SPY", 300);
    Client client = start();
    assertThat(client.confidence()).isEqualTo(0.3);

    store.champion("SPY", 700);
    Client.eventually(client::confidence, confidence -> confidence == 0.7);

    store.rollback("SPY", first);
    Client.eventually(client::confidence, confidence -> confidence == 0.3);

    store.latest("SPY", LocalDate.of(2019, 1, 2));
    JsonObject answer =
        Client.eventually(
            () -> client.json(PATH), json -> json.get("asOf").getAsString().equals("2019-01-02"));
    assertThat(answer.get("forDate").getAsString()).isEqualTo("2019-01-03");
    assertThat(answer.get("dataSource").getAsString()).isEqualTo("yahoo");
  }

  @Test
  void withoutAModelItIsLiveNotReadyAndBecomesReadyWhenOneAppears() throws Exception {
    Client client = start();

    assertThat(client.get("/health/live").statusCode()).isEqualTo(200);
    PredictionTest.assertProblem(client.get("/health/ready"), 503);
    PredictionTest.assertProblem(client.get(PATH + "?ticker=SPY"), 503);
    HttpResponse<String> early = client.get(PATH);
    PredictionTest.assertProblem(early, 503);
    assertThat(early.headers().firstValue("Retry-After")).isPresent();

    store.champion("SPY", 300);
    Client.eventually(() -> client.get("/health/ready").statusCode(), status -> status == 200);
    assertThat(client.confidence()).isEqualTo(0.3);
  }

  @Test
  void aCorruptChampionAtStartIsReplacedByTheOneBeforeAndSaysSo() throws Exception {
    store.champion("SPY", 300);
    store.damage("SPY", store.champion("SPY", 700));

    Client client = start();

    JsonObject answer = client.json(PATH);
    assertThat(answer.get("confidence").getAsDouble()).isEqualTo(0.3);
    assertThat(answer.get("degraded").getAsBoolean()).isTrue();
    assertThat(client.get("/metrics").body())
        .contains("primer_degraded{ticker=\"SPY\"} 1.0", "primer_reload_failures_total 1.0");
  }

  @Test
  void anUnreadablePointerAtStartIsReplacedByTheNewestGoodVersion() throws Exception {
    store.champion("SPY", 300);
    Files.writeString(store.directory("SPY").resolve("champion.json"), "{\"version\":");

    JsonObject answer = start().json(PATH);

    assertThat(answer.get("confidence").getAsDouble()).isEqualTo(0.3);
    assertThat(answer.get("degraded").getAsBoolean()).isTrue();
  }

  @Test
  void withNoGoodVersionItIsUnavailableUntilTheNextChampion() throws Exception {
    store.damage("SPY", store.champion("SPY", 300));
    Client client = start();
    PredictionTest.assertProblem(client.get(PATH), 503);

    store.champion("SPY", 700);
    Client.eventually(() -> client.get(PATH).statusCode(), status -> status == 200);
    assertThat(client.json(PATH).get("degraded").getAsBoolean()).isFalse();
  }

  @Test
  void aCorruptUpdateLeavesTheOldAnswerAndIsCounted() throws Exception {
    store.champion("SPY", 300);
    Client client = start();

    Path pointer = store.directory("SPY").resolve("champion.json");
    Files.writeString(
        pointer, Files.readString(pointer).replaceAll("[0-9a-f]{64}", "0".repeat(64)));

    Client.eventually(
        () -> client.get("/metrics").body(),
        metrics -> metrics.contains("primer_reload_failures_total 1.0"));
    assertThat(client.confidence()).isEqualTo(0.3);
    assertThat(client.get("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void aStoreThatIsDeletedWhileServingLeavesTheOldAnswer() throws Exception {
    store.champion("SPY", 300);
    Client client = start();

    deleteStore();
    store.champion("QQQ", 600);
    Client.eventually(() -> client.get(PATH + "?ticker=QQQ").statusCode(), status -> status == 200);

    assertThat(client.confidence()).isEqualTo(0.3);
    Client.eventually(() -> client.get("/metrics").body(), marked("SPY", 1));

    store.champion("SPY", 400);
    Client.eventually(client::confidence, confidence -> confidence == 0.4);
    Client.eventually(() -> client.get("/metrics").body(), marked("SPY", 0));
  }

  @Test
  void oneTickersTroubleKeepsNoOtherFromBeingFollowed() throws Exception {
    store.champion("AAA", 300); // looked at before SPY
    store.champion("BBB", 300);
    store.champion("SPY", 300);
    Path rows = store.directory("AAA").resolve("latest.json");
    Files.writeString(rows, Files.readString(rows).replace("0.0", "0.0, 1.0"));
    Path pointer = store.directory("BBB").resolve("champion.json");
    Files.delete(pointer);
    Files.createDirectory(pointer); // reading it is an I/O error

    Client client = start();

    PredictionTest.assertProblem(client.get(PATH + "?ticker=AAA"), 503);
    assertThat(client.json(PATH + "?ticker=BBB").get("degraded").getAsBoolean()).isTrue();
    store.champion("SPY", 700);
    Client.eventually(client::confidence, confidence -> confidence == 0.7);
    assertThat(client.get("/metrics").body())
        .matches(marked("AAA", 1))
        .matches(marked("BBB", 1))
        .matches(marked("SPY", 0));
  }

  @Test
  void aDegradedTickerStillFollowsTheNewestRow() throws Exception {
    store.champion("SPY", 300);
    store.damage("SPY", store.champion("SPY", 700));
    Client client = start();

    store.latest("SPY", LocalDate.of(2019, 1, 2));

    JsonObject answer =
        Client.eventually(
            () -> client.json(PATH), json -> json.get("asOf").getAsString().equals("2019-01-02"));
    assertThat(answer.get("degraded").getAsBoolean()).isTrue();
  }

  private static Predicate<String> marked(String ticker, int troubled) {
    return metrics ->
        metrics.contains("primer_store_troubled{ticker=\"%s\"} %d.0\n".formatted(ticker, troubled));
  }

  @Test
  void theManifestOfTheChampionIsServed() throws Exception {
    store.champion("^GSPC", 300);
    Client client = start();

    JsonObject manifest = client.json("/models/%5EGSPC");

    assertThat(manifest.get("ticker").getAsString()).isEqualTo("^GSPC");
    assertThat(manifest.getAsJsonObject("data").get("rows").getAsInt()).isEqualTo(1258);
    PredictionTest.assertProblem(client.get("/models/QQQ"), 404);
    PredictionTest.assertProblem(client.get("/models/a%20b"), 400);
  }

  @Test
  void metricsAreWhatPrometheusReads() throws Exception {
    String version = store.champion("SPY", 300);
    Client client = start();
    client.get(PATH);
    client.get(PATH + "?threshold=0.1");

    HttpResponse<String> metrics = client.get("/metrics");

    assertThat(metrics.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(metrics.body().lines())
        .contains(
            "primer_predictions_total{direction=\"DOWN\",ticker=\"SPY\"} 1.0",
            "primer_predictions_total{direction=\"UP\",ticker=\"SPY\"} 1.0",
            "primer_model_info{ticker=\"SPY\",version=\"" + version + "\"} 1",
            "primer_prediction_duration_seconds_count 2",
            "# TYPE primer_predictions_total counter");
  }

  private void deleteStore() throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> tree = Files.walk(store.directory("SPY"))) {
      deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
