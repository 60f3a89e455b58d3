package mlopsprimer.forest;

/** The rules that make arrays a forest on which every prediction ends inside the arrays. */
final class ForestShape {
  private ForestShape() {}

  static void check(Forest forest) {
    require(forest.features() > 0, "no features");
    require(forest.trees() > 0, "no trees");
    require(forest.root(0) == 0, "the first tree starts at node %d", forest.root(0));
    for (int tree = 0; tree < forest.trees(); tree++) {
      int start = forest.root(tree);
      int end = tree + 1 < forest.trees() ? forest.root(tree + 1) : forest.nodes();
      require(start < end && end <= forest.nodes(), "tree %d has no nodes", tree);
      for (int node = start; node < end; node++) {
        checkNode(forest, node, end);
      }
    }
  }

  private static void checkNode(Forest forest, int node, int end) {
    if (forest.isLeaf(node)) {
      require(
          forest.down(node) >= 0
              && forest.up(node) >= 0
              && (long) forest.down(node) + forest.up(node) > 0,
          "leaf %d has no training weight",
          node);
      return;
    }
    require(
        forest.feature(node) >= 0 && forest.feature(node) < forest.features(),
        "node %d compares feature %d of %d",
        node,
        forest.feature(node),
        forest.features());
    require(Double.isFinite(forest.threshold(node)), "node %d has no finite threshold", node);
    // Children lie behind their parent and inside their tree: no cycle, no way out.
    require(
        forest.right(node) > node + 1 && forest.right(node) < end,
        "node %d points to node %d, outside %d to %d",
        node,
        forest.right(node),
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
