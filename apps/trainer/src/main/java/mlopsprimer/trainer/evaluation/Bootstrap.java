package mlopsprimer.trainer.evaluation;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import mlopsprimer.store.Estimate;

/**
 * Computes percentile intervals of metrics from blocks of 28 successive days that are drawn with
 * replacement (the circular block bootstrap of Politis and Romano 1992). Blocks keep the dependence
 * between days that are close to each other; single days would give intervals that are too short.
 * All forecasters are scored on the same draws, so that their intervals can be compared.
 */
final class Bootstrap {
  private static final int DRAWS = 1000;
  private static final double TAIL = 0.025;

  /** Number of days in a block, about six weeks of sessions. */
  static final int BLOCK = 28;

  /** Fewest blocks, so that few days are drawn in shorter blocks. */
  private static final int FEWEST_BLOCKS = 4;

  /**
   * How often each day was drawn, one array per draw. A byte is enough: the counts have a mean of
   * 1, and a count above 127 has a probability below 1e-200, or is impossible if there are few
   * blocks. Integers would take 50 MB for 50 years of prices.
   */
  private final byte[][] draws;

  Bootstrap(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    draws = new byte[DRAWS][rows];
    int block = Math.max(1, Math.min(BLOCK, rows / FEWEST_BLOCKS));
    for (byte[] draw : draws) {
      for (int drawn = 0; drawn < rows; drawn += block) {
        int start = random.nextInt(rows);
        for (int i = 0; i < Math.min(block, rows - drawn); i++) {
          draw[(start + i) % rows]++;
        }
      }
    }
  }

  /**
   * Computes every metric of the forecasts and the 95 % interval of each metric. The keys of the
   * map are {@link Metric#key}.
   */
  Map<String, Estimate> estimate(Forecasts forecasts) {
    int[] once = new int[forecasts.rows()];
    Arrays.fill(once, 1);
    Map<Metric, Double> values = forecasts.score(once);
    Map<Metric, double[]> drawn = new EnumMap<>(Metric.class);
    values.keySet().forEach(metric -> drawn.put(metric, new double[DRAWS]));
    for (int draw = 0; draw < DRAWS; draw++) {
      for (Map.Entry<Metric, Double> score : forecasts.score(weights(draws[draw])).entrySet()) {
        drawn.get(score.getKey())[draw] = score.getValue();
      }
    }
    Map<String, Estimate> estimates = new LinkedHashMap<>();
    values.forEach(
        (metric, value) -> estimates.put(metric.key(), interval(value, drawn.get(metric))));
    return estimates;
  }

  /**
   * Computes the 95 % interval of a statistic.
   *
   * @param value value of the statistic when each day counts once
   * @param statistic computes the statistic from the number of times that each day counts
   */
  Estimate estimate(double value, ToDoubleFunction<int[]> statistic) {
    return interval(
        value, Arrays.stream(draws).map(Bootstrap::weights).mapToDouble(statistic).toArray());
  }

  /** Mean of one number per day, and its 95 % interval. */
  Estimate mean(double[] perDay) {
    return estimate(
        DoubleStream.of(perDay).sum() / perDay.length,
        weight -> weighted(perDay, weight) / perDay.length);
  }

  /**
   * Computes 1 - {@code losses} / {@code baseline}, where both are sums over the days, and its 95 %
   * interval.
   */
  Estimate skill(double[] losses, double[] baseline) {
    return estimate(
        1 - DoubleStream.of(losses).sum() / DoubleStream.of(baseline).sum(),
        weight -> 1 - weighted(losses, weight) / weighted(baseline, weight));
  }

  private static double weighted(double[] perDay, int[] weight) {
    double sum = 0;
    for (int i = 0; i < perDay.length; i++) {
      sum += weight[i] * perDay[i];
    }
    return sum;
  }

  private static int[] weights(byte[] draw) {
    int[] weights = new int[draw.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = draw[i];
    }
    return weights;
  }

  private static Estimate interval(double value, double[] drawn) {
    double[] sorted = DoubleStream.of(drawn).filter(Double::isFinite).sorted().toArray();
    if (!Double.isFinite(value) || sorted.length == 0) {
      return new Estimate(null, null, null);
    }
    return new Estimate(value, quantile(sorted, TAIL), quantile(sorted, 1 - TAIL));
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
