package mlopsprimer.trainer.evaluation;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Forecast probabilities of UP and their outcomes. The metrics can be computed for any weights of
 * the days. Days are ranked against days of the same fold only, because the forecasts of different
 * folds come from different models: a forecaster that only knows the base rate of each fold ranks
 * nothing.
 */
final class Forecasts {
  private final double[] probability;
  private final boolean[] up;
  private final double[][] dailyLosses;
  private final int[] fold;
  private final int[] ascending;

  /**
   * @param fold number of each day's fold
   */
  Forecasts(double[] probability, boolean[] up, int[] fold) {
    this.probability = probability;
    this.up = up;
    this.fold = fold;
    List<Metric> means = Metric.means();
    dailyLosses = new double[means.size()][up.length];
    for (int loss = 0; loss < dailyLosses.length; loss++) {
      for (int i = 0; i < up.length; i++) {
        dailyLosses[loss][i] = means.get(loss).lossOfDay(probability[i], up[i]);
      }
    }
    ascending =
        IntStream.range(0, up.length)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(i -> fold[i])
                    .thenComparingDouble(i -> probability[i]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  int rows() {
    return up.length;
  }

  /**
   * Computes every metric, with day {@code i} counted {@code weight[i]} times. A metric that needs
   * days of both directions is NaN if all days have the same direction.
   */
  Map<Metric, Double> score(int[] weight) {
    Tally tally = Tally.of(weight, probability, up, dailyLosses, pairs(weight));
    Map<Metric, Double> scores = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      scores.put(metric, metric.of(tally));
    }
    return scores;
  }

  private Tally.Pairs pairs(int[] weight) {
    double ranked = 0;
    double all = 0;
    double ups = 0;
    double downsBelow = 0;
    for (int start = 0; start < ascending.length; ) {
      double tiedUps = 0;
      double tiedDowns = 0;
      int end = start;
      int group = fold[ascending[start]];
      double value = probability[ascending[start]];
      for (; end < ascending.length && isTie(ascending[end], group, value); end++) {
        int day = ascending[end];
        if (up[day]) {
          tiedUps += weight[day];
        } else {
          tiedDowns += weight[day];
        }
      }
      ranked += tiedUps * (downsBelow + tiedDowns / 2);
      ups += tiedUps;
      downsBelow += tiedDowns;
      start = end;
      if (start == ascending.length || fold[ascending[start]] != group) {
        all += ups * downsBelow;
        ups = 0;
        downsBelow = 0;
      }
    }
    return new Tally.Pairs(ranked, all);
  }

  private boolean isTie(int day, int group, double value) {
    return fold[day] == group && probability[day] == value;
  }
}
