package mlopsprimer.trainer.weka;

import mlopsprimer.contract.SettingValues;
import mlopsprimer.contract.TrainerSettings;

/**
 * Settings of the forest.
 *
 * @param trees number of trees
 * @param maxDepth number of levels below the root of a tree; 0 for no limit
 * @param minLeaf a node with less than twice this training weight is not split
 * @param seed random seed; the same seed and prices give the same forest
 */
public record ForestSettings(int trees, int maxDepth, int minLeaf, int seed) {

  public static ForestSettings of(SettingValues settings) {
    return new ForestSettings(
        settings.get(TrainerSettings.TREES),
        settings.get(TrainerSettings.MAX_DEPTH),
        settings.get(TrainerSettings.MIN_LEAF),
        settings.get(TrainerSettings.SEED));
  }

  /** The first {@code count} trees of the same forest. */
  ForestSettings withTrees(int count) {
    return new ForestSettings(count, maxDepth, minLeaf, seed);
  }
}
