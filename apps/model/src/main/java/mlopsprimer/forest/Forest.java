package mlopsprimer.forest;

/**
 * Decision trees in flat arrays, one entry a node. A tree's nodes are in preorder: the left child
 * of an inner node is the next node, the right child is named, and both come later, so that
 * following them ends.
 */
public final class Forest {
  private final int features;
  private final int[] roots;
  private final short[] feature;
  private final double[] threshold;
  private final int[] right;
  private final int[] down;
  private final int[] up;

  /** Per leaf, so that predicting divides nothing. */
  private final double[] shareDown;

  private final double[] shareUp;

  /**
   * @param features how many values a row has
   * @param roots the first node of each tree, the first of them 0
   * @param feature the column that an inner node compares, -1 for a leaf
   * @param threshold of inner nodes: a value below it goes left, any other goes right
   * @param right the right child of inner nodes
   * @param down training weight of DOWN in a leaf
   * @param up training weight of UP in a leaf
   * @throws CorruptModelException if these arrays are not such trees
   */
  Forest(
      int features,
      int[] roots,
      short[] feature,
      double[] threshold,
      int[] right,
      int[] down,
      int[] up) {
    this.features = features;
    this.roots = roots;
    this.feature = feature;
    this.threshold = threshold;
    this.right = right;
    this.down = down;
    this.up = up;
    ForestShape.check(features, roots, feature, threshold, right, down, up);
    this.shareDown = new double[feature.length];
    this.shareUp = new double[feature.length];
    for (int node = 0; node < feature.length; node++) {
      if (isLeaf(node)) {
        double weight = (double) down[node] + up[node];
        shareDown[node] = down[node] / weight;
        shareUp[node] = up[node] / weight;
      }
    }
  }

  /**
   * The probability of UP in [0, 1]: each tree's share of UP in the leaf that the row reaches,
   * summed over the trees and divided by the sum of both shares. These are the very operations of
   * {@code weka.classifiers.meta.Bagging#distributionForInstance}, so the result is the same to the
   * last bit.
   *
   * @throws IllegalArgumentException if the row has another number of values than the forest
   */
  public double probabilityUp(double[] row) {
    if (row.length != features) {
      throw new IllegalArgumentException(
          "row has %d values, the forest takes %d".formatted(row.length, features));
    }
    double sumDown = 0;
    double sumUp = 0;
    for (int root : roots) {
      int node = root;
      while (!isLeaf(node)) {
        node = row[feature[node]] < threshold[node] ? node + 1 : right[node];
      }
      sumDown += shareDown[node];
      sumUp += shareUp[node];
    }
    return sumUp / (sumDown + sumUp);
  }

  public int features() {
    return features;
  }

  public int trees() {
    return roots.length;
  }

  public int nodes() {
    return feature.length;
  }

  int root(int tree) {
    return roots[tree];
  }

  boolean isLeaf(int node) {
    return feature[node] == ForestShape.LEAF;
  }

  int feature(int node) {
    return feature[node];
  }

  double threshold(int node) {
    return threshold[node];
  }

  int right(int node) {
    return right[node];
  }

  int down(int node) {
    return down[node];
  }

  int up(int node) {
    return up[node];
  }
}
