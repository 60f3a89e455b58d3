package mlopsprimer.forest;

/**
 * Checks that arrays describe a forest, so that every prediction ends and stays inside the arrays.
 */
final class ForestShape {
  /** Feature number of a leaf. */
  static final short LEAF = -1;

  private ForestShape() {}

  /**
   * Checks the arrays that {@link Forest} describes.
   *
   * @throws CorruptModelException if the arrays are not a forest
   */
  static void check(
      int features,
      int[] roots,
      short[] feature,
      double[] threshold,
      int[] right,
      int[] down,
      int[] up) {
    int nodes = feature.length;
    require(features > 0, "no features");
    require(roots.length > 0, "no trees");
    require(roots[0] == 0, "the first tree starts at node %d and not at node 0", roots[0]);
    for (int tree = 0; tree < roots.length; tree++) {
      int start = roots[tree];
      int end = tree + 1 < roots.length ? roots[tree + 1] : nodes;
      require(start < end && end <= nodes, "tree %d has no nodes", tree);
      for (int node = start; node < end; node++) {
        if (feature[node] == LEAF) {
          checkLeaf(node, down[node], up[node]);
        } else {
          checkSplit(node, end, features, feature[node], threshold[node], right[node]);
        }
      }
    }
  }

  private static void checkLeaf(int node, int down, int up) {
    require(down >= 0 && up >= 0 && (long) down + up > 0, "leaf %d has no training weight", node);
  }

  private static void checkSplit(
      int node, int end, int features, int feature, double threshold, int right) {
    require(
        feature >= 0 && feature < features,
        "node %d compares feature %d of %d",
        node,
        feature,
        features);
    require(Double.isFinite(threshold), "node %d has no finite threshold", node);
    // Both children lie after their parent and inside their tree, so each path ends in a leaf.
    require(
        right > node + 1 && right < end,
        "node %d points to node %d, outside %d to %d",
        node,
        right,
        node + 2,
        end - 1);
  }

  private static void require(boolean condition, String problem, Object... facts) {
    if (!condition) {
      throw new CorruptModelException(
          "not a forest: " + problem.formatted(facts) + "; train the model again");
    }
  }
}
