package mlopsprimer.trainer.evaluation;

import java.util.stream.IntStream;
import mlopsprimer.features.FeatureTable;

/**
 * The baseline that looks at the last direction alone: how often UP followed UP, and UP followed
 * DOWN, in the training rows.
 */
record Persistence(double afterUp, double afterDown) {

  static Persistence learn(FeatureTable table, int rows) {
    return new Persistence(share(table, rows, true), share(table, rows, false));
  }

  /** The forecast for the session after row {@code i}; {@code i} is at least 1. */
  double probabilityUp(FeatureTable table, int i) {
    return table.up(i - 1) ? afterUp : afterDown;
  }

  private static double share(FeatureTable table, int rows, boolean last) {
    int[] after = IntStream.range(1, rows).filter(i -> table.up(i - 1) == last).toArray();
    // With no such day the direction says nothing, and the base rate is what is left.
    return after.length == 0
        ? table.shareUp(0, rows)
        : (double) IntStream.of(after).filter(table::up).count() / after.length;
  }
}
