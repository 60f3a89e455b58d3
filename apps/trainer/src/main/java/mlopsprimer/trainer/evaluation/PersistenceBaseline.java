package mlopsprimer.trainer.evaluation;

import java.util.stream.IntStream;
import mlopsprimer.features.FeatureTable;

/**
 * Baseline that forecasts from the direction of the last session only.
 *
 * @param afterUp share of UP among the training rows whose last direction was UP
 * @param afterDown share of UP among the training rows whose last direction was DOWN
 */
record PersistenceBaseline(double afterUp, double afterDown) {

  static PersistenceBaseline learn(FeatureTable table, int rows) {
    return new PersistenceBaseline(share(table, rows, true), share(table, rows, false));
  }

  /** Forecasts the session after row {@code i}, which is at least 1. */
  double probabilityUp(FeatureTable table, int i) {
    return table.up(i - 1) ? afterUp : afterDown;
  }

  private static double share(FeatureTable table, int rows, boolean last) {
    int[] after = IntStream.range(1, rows).filter(i -> table.up(i - 1) == last).toArray();
    // If there is no such day, the forecast is the base rate.
    return after.length == 0
        ? table.shareUp(0, rows)
        : (double) IntStream.of(after).filter(table::up).count() / after.length;
  }
}
