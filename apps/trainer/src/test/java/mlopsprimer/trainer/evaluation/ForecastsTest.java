package mlopsprimer.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForecastsTest {
  private static final double[] P = {0.9, 0.8, 0.3, 0.6, 0.3};
  private static final boolean[] UP = {true, false, false, true, true};
  private static final int[] ONE_FOLD = {1, 1, 1, 1, 1};

  @Test
  void metricsFollowTheirFormulas() {
    Map<Metric, Double> scores = score(P, UP);

    assertThat(scores.get(Metric.BRIER))
        .isCloseTo((0.01 + 0.64 + 0.09 + 0.16 + 0.49) / 5, within(1e-12));
    assertThat(scores.get(Metric.LOG_LOSS))
        .isCloseTo(
            -(Math.log(0.9) + Math.log(0.2) + Math.log(0.7) + Math.log(0.6) + Math.log(0.3)) / 5,
            within(1e-12));
    assertThat(scores.get(Metric.ACCURACY)).isCloseTo(3.0 / 5, within(1e-12));
    assertThat(scores.get(Metric.BALANCED_ACCURACY))
        .isCloseTo((2.0 / 3 + 1.0 / 2) / 2, within(1e-12));
    // Six pairs: UP is ranked higher in 0.9>0.8, 0.9>0.3 and 0.6>0.3, and ties in 0.3=0.3.
    assertThat(scores.get(Metric.ROC_AUC)).isCloseTo(3.5 / 6, within(1e-12));
    // Bins: 0.3 holds two (mean 0.3, half UP), 0.6, 0.8 and 0.9 one each.
    assertThat(scores.get(Metric.ECE))
        .isCloseTo((Math.abs(0.6 - 1) + 0.4 + 0.8 + 0.1) / 5, within(1e-12));
  }

  @Test
  void aDayCountedTwiceCountsLikeTwoDays() {
    Map<Metric, Double> weighted = new Forecasts(P, UP, ONE_FOLD).score(new int[] {2, 1, 1, 0, 1});
    Map<Metric, Double> repeated =
        score(
            new double[] {0.9, 0.9, 0.8, 0.3, 0.3}, new boolean[] {true, true, false, false, true});

    weighted.forEach(
        (metric, value) -> assertThat(value).isCloseTo(repeated.get(metric), within(1e-12)));
  }

  @Test
  void aCertainForecastThatIsWrongHasAFiniteError() {
    Map<Metric, Double> scores = score(new double[] {1, 0}, new boolean[] {false, true});

    assertThat(scores.get(Metric.ECE)).isEqualTo(1);
    assertThat(scores.get(Metric.LOG_LOSS)).isLessThan(14);
  }

  @Test
  void theAucOfDaysOfOneDirectionIsNotDefined() {
    assertThat(score(new double[] {0.5, 0.6}, new boolean[] {true, true}).get(Metric.ROC_AUC))
        .isNaN();
  }

  @Test
  void daysOfDifferentFoldsAreNotRankedAgainstEachOther() {
    double[] ratesOfFolds = {0.5, 0.5, 0.6, 0.6, 0.6};
    boolean[] up = {true, false, true, true, false};
    Forecasts pooled = new Forecasts(ratesOfFolds, up, ONE_FOLD);
    Forecasts perFold = new Forecasts(ratesOfFolds, up, new int[] {1, 1, 2, 2, 2});
    int[] once = {1, 1, 1, 1, 1};

    assertThat(pooled.score(once).get(Metric.ROC_AUC)).isNotEqualTo(0.5);
    assertThat(perFold.score(once).get(Metric.ROC_AUC))
        .as("a forecaster that only knows the base rate of each fold ranks nothing")
        .isEqualTo(0.5);
  }

  @Test
  void theSameSeedGivesTheSameIntervals() {
    Forecasts forecasts = new Forecasts(P, UP, ONE_FOLD);

    var first = new Bootstrap(5, 7).estimate(forecasts);

    assertThat(new Bootstrap(5, 7).estimate(forecasts)).isEqualTo(first);
    assertThat(first.get("brier").value())
        .isBetween(first.get("brier").low(), first.get("brier").high());
  }

  private static Map<Metric, Double> score(double[] probability, boolean[] up) {
    int[] once = new int[up.length];
    Arrays.fill(once, 1);
    return new Forecasts(probability, up, new int[up.length]).score(once);
  }
}
