package mlopsprimer.forest;

/**
 * Decision trees in flat arrays, with one entry per node. The nodes of a tree are in preorder: the
 * left child of an inner node is the next node, and an array gives the number of the right child.
 * Both children come after their parent.
 */
public final class Forest {
  private final int features;
  private final int[] roots;
  private final short[] feature;
  private final double[] threshold;
  private final int[] right;
  private final int[] down;
  private final int[] up;

  /**
   * Share of DOWN in each leaf, computed once. A prediction then has one division, and not one per
   * tree.
   */
  private final double[] shareDown;

  private final double[] shareUp;

  /**
   * @param features number of values in a row
   * @param roots first node of each tree; the first tree starts at node 0
   * @param feature column that an inner node compares; -1 for a leaf
   * @param threshold threshold of an inner node: a lower value goes left, any other value goes
   *     right
   * @param right right child of an inner node
   * @param down training weight of DOWN in a leaf
   * @param up training weight of UP in a leaf
   * @throws CorruptModelException if the arrays do not describe such trees
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
   * Computes the probability of UP, in [0, 1]. The shares of UP in the leaves that the row reaches
   * are summed over the trees, and divided by the sum of the shares of both directions. The method
   * {@code weka.classifiers.meta.Bagging#distributionForInstance} has the same operations in the
   * same order, so the result is equal to Weka's to the last bit.
   *
   * @throws IllegalArgumentException if the row does not have {@link #features()} values
   */
  public double probabilityUp(double[] row) {
    if (row.length != features) {
      throw new IllegalArgumentException(
          "the row has %d values, but the forest needs %d".formatted(row.length, features));
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

  /** First node of a tree. */
  public int root(int tree) {
    return roots[tree];
  }

  public boolean isLeaf(int node) {
    return feature[node] == ForestShape.LEAF;
  }

  /** Column that an inner node compares. */
  public int feature(int node) {
    return feature[node];
  }

  /** Threshold of an inner node: a lower value goes left, any other value goes right. */
  public double threshold(int node) {
    return threshold[node];
  }

  /** Right child of an inner node. The left child is {@code node + 1}. */
  public int right(int node) {
    return right[node];
  }

  /** Share of UP in the training weight of a leaf, in [0, 1]. */
  public double shareUp(int node) {
    return shareUp[node];
  }

  int down(int node) {
    return down[node];
  }

  int up(int node) {
    return up[node];
  }
}
