package mlopsprimer.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import mlopsprimer.prices.DataSource;
import mlopsprimer.store.PredictionLog.LoggedForecast;
import mlopsprimer.store.PredictionLog.Outcome;
import mlopsprimer.store.PredictionLog.Realised;
import mlopsprimer.store.RealisedScores;
import org.junit.jupiter.api.Test;

class RealisedForecastsTest {
  @Test
  void theScoresStandBesideTheBaseRate() {
    RealisedScores scores = RealisedForecasts.score(days(100, 0.55), 42).orElseThrow();

    assertThat(scores.forecasts()).isEqualTo(100);
    assertThat(scores.right()).isEqualTo(50);
    assertThat(scores.brier()).isCloseTo((0.36 + 0.16) / 2, within(1e-12));
    assertThat(scores.brierOfBaseRate()).isCloseTo((0.55 * 0.55 + 0.45 * 0.45) / 2, within(1e-12));
    assertThat(scores.difference().value())
        .isCloseTo(scores.brier() - scores.brierOfBaseRate(), within(1e-12));
    assertThat(scores.difference().value())
        .isBetween(scores.difference().low(), scores.difference().high());
  }

  @Test
  void aFewForecastsHaveNoInterval() {
    RealisedScores scores = RealisedForecasts.score(days(29, 0.55), 42).orElseThrow();

    assertThat(scores.difference().value()).isNotNull();
    assertThat(scores.difference().low()).isNull();
  }

  @Test
  void forecastsWithoutABaseRateAreNotScored() {
    assertThat(RealisedForecasts.score(days(100, null), 42)).isEmpty();
  }

  /** Forecasts of 0.6 for days of which every second one goes UP. */
  private static List<Realised> days(int count, Double baseRate) {
    DataSource source = new DataSource("yahoo");
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              LocalDate day = LocalDate.of(2018, 1, 1).plusDays(i);
              return new Realised(
                  new LoggedForecast(
                      day.plusDays(1),
                      day,
                      0.6,
                      baseRate,
                      "version",
                      source,
                      Instant.EPOCH,
                      Instant.EPOCH.plusSeconds(1)),
                  new Outcome(day.plusDays(1), day, i % 2 == 0 ? "UP" : "DOWN", source));
            })
        .toList();
  }
}
