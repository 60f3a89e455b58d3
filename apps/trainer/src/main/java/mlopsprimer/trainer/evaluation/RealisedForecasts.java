package mlopsprimer.trainer.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import mlopsprimer.store.Estimate;
import mlopsprimer.store.PredictionLog.Realised;
import mlopsprimer.store.RealisedScores;

/** Scores the forecasts that were served, beside the base rate. */
public final class RealisedForecasts {
  /** Fewest forecasts on which an interval is meaningful. */
  static final int FEWEST_FOR_INTERVAL = 30;

  private RealisedForecasts() {}

  /**
   * Scores the forecasts whose log line has a base rate. The result is empty if there are none.
   *
   * @param seed seed of the bootstrap
   */
  public static Optional<RealisedScores> score(List<Realised> realised, long seed) {
    List<Realised> days =
        realised.stream()
            .filter(each -> each.forecast().baseRate() != null)
            .sorted(Comparator.comparing(each -> each.forecast().asOf()))
            .toList();
    if (days.isEmpty()) {
      return Optional.empty();
    }
    double[] ours = losses(days, each -> each.forecast().probabilityUp());
    double[] baseline = losses(days, each -> each.forecast().baseRate());
    double[] excess = new double[ours.length];
    int right = 0;
    for (int i = 0; i < excess.length; i++) {
      excess[i] = ours[i] - baseline[i];
      right += (days.get(i).forecast().probabilityUp() > 0.5) == days.get(i).outcome().up() ? 1 : 0;
    }
    Estimate difference = new Bootstrap(excess.length, seed).mean(excess);
    return Optional.of(
        new RealisedScores(
            days.size(),
            right,
            mean(ours),
            mean(baseline),
            days.size() < FEWEST_FOR_INTERVAL
                ? new Estimate(difference.value(), null, null)
                : difference));
  }

  private static double[] losses(List<Realised> days, ToDoubleFunction<Realised> forecast) {
    return days.stream()
        .mapToDouble(each -> Metric.squaredError(forecast.applyAsDouble(each), each.outcome().up()))
        .toArray();
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
