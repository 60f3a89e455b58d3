package mlopsprimer.trainer.weka;

/**
 * How the forest is grown.
 *
 * @param maxDepth deepest level below the root; 0 for no limit
 * @param minLeaf least training weight in a leaf
 */
public record ForestSettings(int trees, int maxDepth, int minLeaf, int seed) {}
