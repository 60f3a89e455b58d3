package mlopsprimer.forest;

import java.util.Random;

/** Forests to test with. */
public final class Forests {
  private Forests() {}

  /** One tree: a value of column 0 below 0 goes DOWN (3 to 1), any other goes UP (1 to 3). */
  public static Forest stump(int features) {
    ForestBuilder builder = new ForestBuilder(features);
    builder.startTree();
    int root = builder.split(0, 0);
    builder.leaf(3, 1);
    builder.startRight(root);
    builder.leaf(1, 3);
    return builder.build();
  }

  public static Forest random(int features, int trees, int depth, long seed) {
    Random random = new Random(seed);
    ForestBuilder builder = new ForestBuilder(features);
    for (int tree = 0; tree < trees; tree++) {
      builder.startTree();
      grow(builder, random, features, depth);
    }
    return builder.build();
  }

  private static void grow(ForestBuilder builder, Random random, int features, int depth) {
    if (depth == 0 || random.nextInt(8) == 0) {
      builder.leaf(random.nextInt(20), 1 + random.nextInt(20));
      return;
    }
    int node = builder.split(random.nextInt(features), random.nextGaussian());
    grow(builder, random, features, depth - 1);
    builder.startRight(node);
    grow(builder, random, features, depth - 1);
  }
}
