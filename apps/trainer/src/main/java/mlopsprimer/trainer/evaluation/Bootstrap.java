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
 * Computes percentile intervals of metrics from days that are drawn with replacement (Efron and
 * Tibshirani 1993). All forecasters are scored on the same draws, so that their intervals can be
 * compared.
 */
final class Bootstrap {
  private static final int DRAWS = 1000;
  private static final double TAIL = 0.025;

  /**
   * How often each day was drawn, one array per draw. A byte is enough: the counts have a mean of
   * 1, and a count above 127 has a probability below 1e-200. Integers would take 50 MB for 50 years
   * of prices.
   */
  private final byte[][] draws;

  Bootstrap(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    draws = new byte[DRAWS][rows];
    for (byte[] draw : draws) {
      for (int i = 0; i < rows; i++) {
        draw[random.nextInt(rows)]++;
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
