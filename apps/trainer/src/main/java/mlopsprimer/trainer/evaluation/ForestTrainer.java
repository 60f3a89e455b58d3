package mlopsprimer.trainer.evaluation;

import mlopsprimer.features.FeatureTable;
import mlopsprimer.forest.Forest;

/** Grows a forest. Equal rows give an equal forest. */
@FunctionalInterface
public interface ForestTrainer {
  /** Trains on the labelled rows 0 (with) to {@code rows} (without) of the table. */
  Forest train(FeatureTable table, int rows);
}
