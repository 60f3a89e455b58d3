package mlopsprimer.api;

import static org.assertj.core.api.Assertions.assertThat;

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
  void theServedVersionIsNamed() throws Exception {
    String version = store.champion("SPY", 300);

    assertThat(start().metrics().lines())
        .contains("primer_model_info{ticker=\"SPY\",version=\"" + version + "\"} 1");
  }
}
