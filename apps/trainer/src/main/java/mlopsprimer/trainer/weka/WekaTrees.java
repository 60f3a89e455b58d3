package mlopsprimer.trainer.weka;

import java.lang.reflect.Field;
import mlopsprimer.forest.Forest;
import mlopsprimer.forest.ForestBuilder;
import weka.classifiers.Classifier;
import weka.classifiers.trees.RandomTree;

/**
 * Reads the trees of a Weka forest. The class of the nodes is protected and has no accessors, so
 * this class reads the fields by reflection, with their names in Weka 3.8.
 */
final class WekaTrees {
  /** Numbers of the two classes in Weka. */
  static final int DOWN = 0;

  static final int UP = 1;

  private static final Field ROOT = field(RandomTree.class, "m_Tree");
  private static final Class<?> NODE = ROOT.getType();
  private static final Field CHILDREN = field(NODE, "m_Successors");
  private static final Field ATTRIBUTE = field(NODE, "m_Attribute");
  private static final Field SPLIT_POINT = field(NODE, "m_SplitPoint");
  private static final Field CLASS_WEIGHTS = field(NODE, "m_ClassDistribution");

  private WekaTrees() {}

  /**
   * Copies Weka's trees to a flat forest.
   *
   * @throws IllegalStateException if Weka did not grow one of the trees
   */
  static Forest flatten(Classifier[] trees, int features) throws IllegalAccessException {
    ForestBuilder builder = new ForestBuilder(features);
    for (int i = 0; i < trees.length; i++) {
      Object root = ROOT.get(trees[i]);
      if (root == null) {
        throw new IllegalStateException(
            "tree %d of %d was not grown, probably because the heap is too small; use fewer --trees or --threads, or give the trainer more memory (trainerMemory of the stack, -Xmx elsewhere)"
                .formatted(i + 1, trees.length));
      }
      builder.startTree();
      add(builder, root, null);
    }
    return builder.build();
  }

  /**
   * Adds a node and its descendants.
   *
   * @param inherited weights of the nearest ancestor that has weights; Weka predicts them for a
   *     leaf without weights
   */
  private static void add(ForestBuilder builder, Object node, double[] inherited)
      throws IllegalAccessException {
    double[] own = (double[]) CLASS_WEIGHTS.get(node);
    double[] weights = own == null ? inherited : own;
    int attribute = ATTRIBUTE.getInt(node);
    if (attribute < 0) {
      builder.leaf(whole(weights[DOWN]), whole(weights[UP]));
      return;
    }
    Object[] children = (Object[]) CHILDREN.get(node);
    int split = builder.split(attribute, SPLIT_POINT.getDouble(node));
    add(builder, children[0], weights);
    builder.startRight(split);
    add(builder, children[1], weights);
  }

  /** Converts a weight. Weka's sample of rows repeats each row a whole number of times. */
  private static int whole(double weight) {
    int count = (int) weight;
    if (count != weight) {
      throw new IllegalStateException(
          "the weight of a leaf is not a whole number: %s; this is a bug, please report it"
              .formatted(weight));
    }
    return count;
  }

  private static Field field(Class<?> owner, String name) {
    try {
      Field field = owner.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(
          "this Weka has no field %s.%s; use the version in the parent pom"
              .formatted(owner.getName(), name),
          e);
    }
  }
}
