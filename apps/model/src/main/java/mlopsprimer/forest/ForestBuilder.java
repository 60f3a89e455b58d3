package mlopsprimer.forest;

import java.util.Arrays;

/**
 * Builds a forest node by node. The nodes of a tree are added in preorder: a node, its left
 * subtree, its right subtree.
 */
public final class ForestBuilder {
  private final int features;
  private int[] roots = new int[128];
  private short[] feature = new short[4096];
  private double[] threshold = new double[4096];
  private int[] right = new int[4096];
  private int[] down = new int[4096];
  private int[] up = new int[4096];
  private int trees;
  private int nodes;

  /**
   * @param features number of values in a row, at most 32,767
   */
  public ForestBuilder(int features) {
    this.features = features;
  }

  /** Starts the next tree. The next added node is the root of that tree. */
  public void startTree() {
    if (trees == roots.length) {
      roots = Arrays.copyOf(roots, trees * 2);
    }
    roots[trees++] = nodes;
  }

  /**
   * Adds an inner node. Add its left subtree next, then call {@link #startRight}.
   *
   * @return number of the node
   */
  public int split(int column, double value) {
    int node = next();
    feature[node] = (short) column;
    threshold[node] = value;
    return node;
  }

  /** Declares that the next node is the right child of {@code node}. */
  public void startRight(int node) {
    right[node] = nodes;
  }

  /** Adds a leaf with its training weights. */
  public void leaf(int weightDown, int weightUp) {
    int node = next();
    feature[node] = ForestShape.LEAF;
    down[node] = weightDown;
    up[node] = weightUp;
  }

  /**
   * Builds the forest from the added nodes.
   *
   * @throws CorruptModelException if the added nodes are not a forest
   */
  public Forest build() {
    return new Forest(
        features,
        Arrays.copyOf(roots, trees),
        Arrays.copyOf(feature, nodes),
        Arrays.copyOf(threshold, nodes),
        Arrays.copyOf(right, nodes),
        Arrays.copyOf(down, nodes),
        Arrays.copyOf(up, nodes));
  }

  private int next() {
    if (nodes == feature.length) {
      int larger = nodes * 2;
      feature = Arrays.copyOf(feature, larger);
      threshold = Arrays.copyOf(threshold, larger);
      right = Arrays.copyOf(right, larger);
      down = Arrays.copyOf(down, larger);
      up = Arrays.copyOf(up, larger);
    }
    return nodes++;
  }
}
