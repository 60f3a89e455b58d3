package mlopsprimer.trainer.weka;

/**
 * How the forest is grown.
 *
 * @param maxDepth deepest level below the root; 0 for no limit
 * @param minLeaf least training weight in a leaf
 * @param threads how many trees are grown at once; it does not change the result
 */
public record ForestSettings(int trees, int maxDepth, int minLeaf, int seed, int threads) {}
