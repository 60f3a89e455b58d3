package mlopsprimer.trainer.evaluation;

import mlopsprimer.features.FeatureTable;
import mlopsprimer.forest.Forest;

/** Grows forests. The same rows give the same forest. */
@FunctionalInterface
public interface ForestTrainer {
  /**
   * Grows a forest from the labelled rows 0 (inclusive) to {@code rows} (exclusive) of the table.
   */
  Forest train(FeatureTable table, int rows);
}
