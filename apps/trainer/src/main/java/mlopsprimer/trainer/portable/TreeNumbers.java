package mlopsprimer.trainer.portable;

import java.util.Arrays;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mlopsprimer.forest.Forest;

/**
 * Numbers of a forest's nodes in the operator TreeEnsemble, which has a list of comparisons and a
 * list of leaves.
 *
 * <p>onnxruntime up to 1.23 takes both branches of a comparison for the same leaf if their numbers
 * are equal, even if one is the number of a leaf and the other the number of a comparison. So the
 * list of leaves starts with as many leaves that no branch leads to as are needed to make the two
 * numbers of every comparison different.
 */
final class TreeNumbers {
  private final Forest forest;
  private final int[] roots;
  private final int[] comparisons;

  /** The leaf of a tree that is one leaf is twice in this list. */
  private final int[] leaves;

  private final int unused;

  TreeNumbers(Forest forest) {
    this.forest = forest;
    this.roots = IntStream.range(0, forest.trees()).map(forest::root).toArray();
    // The operator wants a comparison in each tree, so a tree that is one leaf gets a comparison
    // with two equal leaves.
    IntPredicate isTree = node -> forest.isLeaf(node) && Arrays.binarySearch(roots, node) >= 0;
    IntStream.Builder twice = IntStream.builder();
    IntStream.Builder compared = IntStream.builder();
    for (int node = 0; node < forest.nodes(); node++) {
      if (forest.isLeaf(node)) {
        twice.add(node);
      }
      if (isTree.test(node)) {
        twice.add(node);
      }
      if (!forest.isLeaf(node) || isTree.test(node)) {
        compared.add(node);
      }
    }
    this.comparisons = compared.build().toArray();
    this.leaves = twice.build().toArray();
    this.unused = leastUnused();
  }

  private int leastUnused() {
    Set<Integer> clashes =
        Arrays.stream(comparisons)
            .filter(node -> isLeaf(left(node)) != isLeaf(right(node)))
            .map(
                node ->
                    isLeaf(left(node))
                        ? comparison(right(node)) - leaf(left(node))
                        : comparison(left(node)) - leaf(right(node)))
            .boxed()
            .collect(Collectors.toSet());
    return IntStream.iterate(0, n -> n + 1).filter(n -> !clashes.contains(n)).findFirst().orElse(0);
  }

  /** The first node of each tree. */
  int[] roots() {
    return roots;
  }

  /** The nodes that are comparisons, in the order of their numbers. */
  int[] comparisons() {
    return comparisons;
  }

  /** The nodes that are leaves, in the order of their numbers, from {@link #unused} on. */
  int[] leaves() {
    return leaves;
  }

  /** Number of leaves that come first, and that no branch leads to. */
  int unused() {
    return unused;
  }

  /** Number of a node among the comparisons. */
  int comparison(int node) {
    return Arrays.binarySearch(comparisons, node);
  }

  boolean leftIsLeaf(int node) {
    return isLeaf(left(node));
  }

  boolean rightIsLeaf(int node) {
    return isLeaf(right(node));
  }

  /** Number of the branch for lower values, among the leaves or among the comparisons. */
  int leftNumber(int node) {
    int child = left(node);
    return isLeaf(child) ? unused + leaf(child) : comparison(child);
  }

  /** Number of the branch for other values, among the leaves or among the comparisons. */
  int rightNumber(int node) {
    int child = right(node);
    if (isLeaf(node)) {
      return unused + leaf(node) + 1;
    }
    return isLeaf(child) ? unused + leaf(child) : comparison(child);
  }

  private boolean isLeaf(int node) {
    return forest.isLeaf(node);
  }

  private int left(int node) {
    return isLeaf(node) ? node : node + 1;
  }

  private int right(int node) {
    return isLeaf(node) ? node : forest.right(node);
  }

  /** Place of a leaf in the list of leaves: the first one, if the leaf is there twice. */
  private int leaf(int node) {
    int place = Arrays.binarySearch(leaves, node);
    return place > 0 && leaves[place - 1] == node ? place - 1 : place;
  }
}
