package mlopsprimer.trainer.evaluation;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Forecast probabilities of UP and their outcomes. The metrics can be computed for any weights of
 * the days.
 */
final class Forecasts {
  private final double[] probability;
  private final boolean[] up;
  private final double[][] dailyLosses;
  private final int[] ascending;

  Forecasts(double[] probability, boolean[] up) {
    this.probability = probability;
    this.up = up;
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
            .sorted(Comparator.comparingDouble(i -> probability[i]))
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
    Tally tally = Tally.of(weight, probability, up, dailyLosses, pairsRanked(weight));
    Map<Metric, Double> scores = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      scores.put(metric, metric.of(tally));
    }
    return scores;
  }

  /** See {@link Tally#pairsRanked()}. */
  private double pairsRanked(int[] weight) {
    double pairs = 0;
    double downsBelow = 0;
    for (int start = 0; start < ascending.length; ) {
      double tiedUps = 0;
      double tiedDowns = 0;
      int end = start;
      double value = probability[ascending[start]];
      for (; end < ascending.length && probability[ascending[end]] == value; end++) {
        int day = ascending[end];
        if (up[day]) {
          tiedUps += weight[day];
        } else {
          tiedDowns += weight[day];
        }
      }
      pairs += tiedUps * (downsBelow + tiedDowns / 2);
      downsBelow += tiedDowns;
      start = end;
    }
    return pairs;
  }
}
