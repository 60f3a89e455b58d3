package mlopsprimer.infra.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import mlopsprimer.infra.config.Context;
import org.junit.jupiter.api.Test;

class TrainingTest {
  private static final Context CONTEXT = Context.withTwoNodes();

  /** The model of yesterday may lack the newest prices. */
  @Test
  void theFirstUpdateOfADayTrains() {
    String morning = jobNameAt("2026-11-25T14:00:00Z");

    assertThat(jobNameAt("2026-11-26T04:59:00Z"))
        .as("before midnight in New York")
        .isEqualTo(morning);
    assertThat(jobNameAt("2026-11-26T05:01:00Z"))
        .as("after midnight in New York")
        .isNotEqualTo(morning);
  }

  @Test
  void aDayOfOneExchangeTrainsTheTickersOfAllExchanges() {
    Map<String, String> both = Map.of("tickers", "[\"SPY\",\"7203.T\"]");

    assertThat(jobNameAt("2026-11-25T15:01:00Z", both))
        .as("after midnight in Tokyo")
        .isNotEqualTo(jobNameAt("2026-11-25T14:59:00Z", both));
  }

  private static String jobNameAt(String time) {
    return jobNameAt(time, Map.of());
  }

  private static String jobNameAt(String time, Map<String, String> settings) {
    return Training.jobName(
        CONTEXT.config(settings, Clock.fixed(Instant.parse(time), ZoneOffset.UTC)),
        "localhost/ml-trainer:0123456789ab");
  }
}
