package mlopsprimer.trainer.portable;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import mlopsprimer.forest.Forest;

/**
 * A forest as a node of the operator TreeEnsemble of ai.onnx.ml 5. For each row, the node gives the
 * sum of the shares of UP in the leaves that the row reaches, one leaf per tree.
 *
 * <p>TreeEnsemble took the place of TreeEnsembleClassifier and TreeEnsembleRegressor, which give
 * float even if their thresholds are double. TreeEnsemble gives double.
 */
final class TreeEnsembleNode {
  static final String DOMAIN = "ai.onnx.ml";
  static final int DOMAIN_VERSION = 5;
  static final String OPERATOR = "TreeEnsemble";

  /** The comparison value &lt; split. It is false for NaN, which goes right like in a forest. */
  private static final byte BRANCH_LT = 1;

  private static final int SUM = 1;
  private static final int NO_TRANSFORM = 0;

  private final Forest forest;

  /** Nodes of the forest that are nodes of the operator, in order. */
  private final int[] splits;

  /** Nodes of the forest that are leaves, in order. */
  private final int[] leaves;

  private TreeEnsembleNode(Forest forest) {
    this.forest = forest;
    // The operator wants at least one comparison in each tree. The two branches of a tree that has
    // only a leaf lead to this leaf.
    int[] roots = roots(forest);
    this.splits =
        IntStream.range(0, forest.nodes())
            .filter(node -> !forest.isLeaf(node) || Arrays.binarySearch(roots, node) >= 0)
            .toArray();
    this.leaves = IntStream.range(0, forest.nodes()).filter(forest::isLeaf).toArray();
  }

  private static int[] roots(Forest forest) {
    return IntStream.range(0, forest.trees()).map(forest::root).toArray();
  }

  /** A node without name, inputs and outputs. Its input is a matrix with a column per feature. */
  static NodeProto.Builder of(Forest forest) {
    return new TreeEnsembleNode(forest).node();
  }

  private NodeProto.Builder node() {
    return NodeProto.newBuilder()
        .setDomain(DOMAIN)
        .addAttribute(number("aggregate_function", SUM))
        .addAttribute(number("post_transform", NO_TRANSFORM))
        .addAttribute(number("n_targets", 1))
        .addAttribute(numbers("tree_roots", roots(forest), root -> number(splits, root)))
        .addAttribute(
            numbers("nodes_featureids", splits, node -> isLeaf(node) ? 0 : forest.feature(node)))
        .addAttribute(comparisons())
        .addAttribute(
            doubles("nodes_splits", splits, node -> isLeaf(node) ? 0 : forest.threshold(node)))
        .addAttribute(numbers("nodes_truenodeids", splits, node -> target(left(node))))
        .addAttribute(numbers("nodes_trueleafs", splits, node -> isLeaf(left(node)) ? 1 : 0))
        .addAttribute(numbers("nodes_falsenodeids", splits, node -> target(right(node))))
        .addAttribute(numbers("nodes_falseleafs", splits, node -> isLeaf(right(node)) ? 1 : 0))
        .addAttribute(numbers("leaf_targetids", leaves, leaf -> 0))
        .addAttribute(doubles("leaf_weights", leaves, forest::shareUp));
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

  private int target(int node) {
    return number(isLeaf(node) ? leaves : splits, node);
  }

  private static int number(int[] nodes, int node) {
    return Arrays.binarySearch(nodes, node);
  }

  private static AttributeProto number(String name, int value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto numbers(String name, int[] nodes, IntToLongFunction value) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (int node : nodes) {
      attribute.addInts(value.applyAsLong(node));
    }
    return attribute.build();
  }

  private AttributeProto comparisons() {
    byte[] modes = new byte[splits.length];
    Arrays.fill(modes, BRANCH_LT);
    return tensor("nodes_modes", TensorProto.DataType.UINT8, splits.length, modes);
  }

  private static AttributeProto doubles(String name, int[] nodes, IntToDoubleFunction value) {
    ByteBuffer bytes =
        ByteBuffer.allocate(nodes.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int node : nodes) {
      bytes.putDouble(value.applyAsDouble(node));
    }
    return tensor(name, TensorProto.DataType.DOUBLE, nodes.length, bytes.array());
  }

  private static AttributeProto tensor(
      String name, TensorProto.DataType type, int length, byte[] raw) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.TENSOR)
        .setT(
            TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .addDims(length)
                .setRawData(ByteString.copyFrom(raw)))
        .build();
  }
}
