package mlopsprimer.trainer.evaluation;

import mlopsprimer.features.FeatureTable;
import mlopsprimer.forest.Forest;

/** Grows forests. The same rows give the same forest. */
@FunctionalInterface
public interface ForestTrainer {
  /** Trains on the labelled rows 0 (inclusive) to {@code rows} (exclusive) of the table. */
  Forest train(FeatureTable table, int rows);
}
