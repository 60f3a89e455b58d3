package mlopsprimer.api;

import static org.assertj.core.api.Assertions.assertThat;

import mlopsprimer.store.Estimate;
import mlopsprimer.store.RealisedScores;
import org.junit.jupiter.api.Test;

class MetricsTest extends ApiTest {
  private static final String PATH = "/predictionForTomorrow";

  @Test
  void theContentTypeIsPrometheusText() throws Exception {
    assertThat(start().get("/metrics").headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
  }

  @Test
  void predictionsAreCountedByTickerAndDirection() throws Exception {
    store.champion("SPY", 300);
    Client client = start();
    client.get(PATH);
    client.get(PATH + "?threshold=0.1");

    assertThat(client.metrics().lines())
        .contains(
            "primer_predictions_total{direction=\"DOWN\",ticker=\"SPY\"} 1.0",
            "primer_predictions_total{direction=\"UP\",ticker=\"SPY\"} 1.0",
            "primer_prediction_duration_seconds_count 2",
            "# TYPE primer_predictions_total counter");
  }

  @Test
  void theRealisedScoresStandBesideTheBaseRate() throws Exception {
    store.realised("SPY", new RealisedScores(40, 21, 0.25, 0.24, new Estimate(0.01, -0.02, 0.04)));
    store.champion("SPY", 300);

    assertThat(start().metrics().lines())
        .contains(
            "primer_realised_forecasts{ticker=\"SPY\"} 40.0",
            "primer_realised_brier{ticker=\"SPY\"} 0.25",
            "primer_realised_brier_of_base_rate{ticker=\"SPY\"} 0.24",
            "primer_realised_difference{ticker=\"SPY\"} 0.01",
            "primer_realised_difference_low{ticker=\"SPY\"} -0.02",
            "primer_realised_difference_high{ticker=\"SPY\"} 0.04");
  }

  @Test
  void fewRealisedForecastsHaveNoInterval() throws Exception {
    store.realised("SPY", new RealisedScores(3, 2, 0.25, 0.24, new Estimate(0.01, null, null)));
    store.champion("SPY", 300);

    assertThat(start().metrics())
        .contains("primer_realised_difference{ticker=\"SPY\"} 0.01")
        .doesNotContain("primer_realised_difference_low{");
  }

  @Test
  void theServedVersionIsNamed() throws Exception {
    String version = store.champion("SPY", 300);

    assertThat(start().metrics().lines())
        .contains("primer_model_info{ticker=\"SPY\",version=\"" + version + "\"} 1");
  }

  @Test
  void answersAreCountedByRouteAndStatus() throws Exception {
    store.champion("SPY", 300);
    Client client = start();
    client.get(PATH);
    client.send("HEAD", PATH);
    client.get(PATH + "?symbol=SPY");
    client.get("/models/QQQ");
    client.get("/models/SPY");
    client.get("/x");
    client.send("POST", PATH);
    client.raw("nonsense\r\n\r\n");
    client.raw("GET " + PATH + " HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello");
    client.raw("GET /" + "a".repeat(1 << 14) + " HTTP/1.1\r\n\r\n");

    // The server counts an answer after it has sent it.
    soon()
        .untilAsserted(
            () ->
                assertThat(client.metrics().lines())
                    .contains(
                        answered(PATH, 200, 2),
                        answered(PATH, 400, 1),
                        answered("/models/TICKER", 200, 1),
                        answered("/models/TICKER", 404, 1),
                        answered("none", 404, 1),
                        answered("none", 405, 1),
                        answered("none", 400, 2),
                        answered("none", 414, 1)));
  }

  @Test
  void clientsCannotAddSeriesToTheCountOfAnswers() throws Exception {
    store.champion("SPY", 300);
    Client client = start();
    for (int i = 0; i < 20; i++) {
      client.get("/x" + i);
      client.get("/models/X" + i);
      client.send("METHOD" + i, PATH);
    }

    assertThat(client.metrics().lines().filter(l -> l.startsWith("primer_http_requests_total")))
        .hasSizeLessThanOrEqualTo(4);
  }

  private static String answered(String route, int status, int count) {
    return "primer_http_requests_total{route=\"%s\",status=\"%d\"} %d.0"
        .formatted(route, status, count);
  }
}
