package mlopsprimer.trainer.evaluation;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Probabilities of UP and what happened, ready to be scored under many weightings of the days.
 *
 * <p>Brier score: Brier (1950), mean squared error of the probability. ROC AUC: the probability
 * that an UP day was given the higher forecast, ties counting half (Hanley and McNeil 1982). ECE:
 * expected calibration error over ten bins of equal width (Naeini, Cooper and Hauskrecht 2015).
 */
final class Forecasts {
  private static final int BINS = 10;
  private static final double THRESHOLD = 0.5;

  /** Keeps one confident error from making the log loss infinite. */
  private static final double CLIP = 1e-6;

  private final double[] probability;
  private final boolean[] up;
  private final double[] squaredError;
  private final double[] logLoss;
  private final int[] ascending;

  Forecasts(double[] probability, boolean[] up) {
    this.probability = probability;
    this.up = up;
    int rows = up.length;
    squaredError = new double[rows];
    logLoss = new double[rows];
    for (int i = 0; i < rows; i++) {
      double error = probability[i] - (up[i] ? 1 : 0);
      squaredError[i] = error * error;
      double ofOutcome = up[i] ? probability[i] : 1 - probability[i];
      logLoss[i] = -StrictMath.log(Math.max(CLIP, ofOutcome));
    }
    ascending =
        IntStream.range(0, rows)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> probability[i]))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  int rows() {
    return up.length;
  }

  double squaredError(int i) {
    return squaredError[i];
  }

  /**
   * Each metric with day {@code i} counted {@code weight[i]} times; NaN where a metric needs days
   * of both directions and there are none.
   */
  Map<Metric, Double> score(int[] weight) {
    double total = 0;
    double brier = 0;
    double log = 0;
    double ups = 0;
    double hitsUp = 0;
    double hitsDown = 0;
    double[] gap = new double[BINS];
    for (int i = 0; i < weight.length; i++) {
      double w = weight[i];
      total += w;
      brier += w * squaredError[i];
      log += w * logLoss[i];
      boolean saidUp = probability[i] > THRESHOLD;
      if (up[i]) {
        ups += w;
        hitsUp += saidUp ? w : 0;
      } else {
        hitsDown += saidUp ? 0 : w;
      }
      gap[Math.min(BINS - 1, (int) (probability[i] * BINS))] +=
          w * (probability[i] - (up[i] ? 1 : 0));
    }
    double downs = total - ups;
    Map<Metric, Double> scores = new EnumMap<>(Metric.class);
    scores.put(Metric.BRIER, brier / total);
    scores.put(Metric.LOG_LOSS, log / total);
    scores.put(Metric.ROC_AUC, pairsRanked(weight) / (ups * downs));
    scores.put(Metric.ACCURACY, (hitsUp + hitsDown) / total);
    scores.put(Metric.BALANCED_ACCURACY, (hitsUp / ups + hitsDown / downs) / 2);
    scores.put(
        Metric.ECE, IntStream.range(0, BINS).mapToDouble(b -> Math.abs(gap[b])).sum() / total);
    return scores;
  }

  /** How many pairs of an UP and a DOWN day have the UP day ranked higher; ties count half. */
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
