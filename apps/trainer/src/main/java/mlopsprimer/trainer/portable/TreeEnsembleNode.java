package mlopsprimer.trainer.portable;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.DoubleStream;
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
  private final TreeNumbers numbers;

  private TreeEnsembleNode(Forest forest) {
    this.forest = forest;
    this.numbers = new TreeNumbers(forest);
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
        .addAttribute(numbers("tree_roots", numbers.roots(), numbers::comparison))
        .addAttribute(perComparison("nodes_featureids", this::feature))
        .addAttribute(modes())
        .addAttribute(splits())
        .addAttribute(perComparison("nodes_truenodeids", numbers::leftNumber))
        .addAttribute(perComparison("nodes_trueleafs", node -> numbers.leftIsLeaf(node) ? 1 : 0))
        .addAttribute(perComparison("nodes_falsenodeids", numbers::rightNumber))
        .addAttribute(perComparison("nodes_falseleafs", node -> numbers.rightIsLeaf(node) ? 1 : 0))
        .addAttribute(numbers("leaf_targetids", new int[weights().length], leaf -> 0))
        .addAttribute(doubles("leaf_weights", weights()));
  }

  private int feature(int node) {
    return forest.isLeaf(node) ? 0 : forest.feature(node);
  }

  private AttributeProto modes() {
    byte[] modes = new byte[numbers.comparisons().length];
    Arrays.fill(modes, BRANCH_LT);
    return tensor("nodes_modes", TensorProto.DataType.UINT8, modes.length, modes);
  }

  private AttributeProto splits() {
    return doubles(
        "nodes_splits",
        Arrays.stream(numbers.comparisons())
            .mapToDouble(node -> forest.isLeaf(node) ? 0 : forest.threshold(node))
            .toArray());
  }

  private double[] weights() {
    return DoubleStream.concat(
            DoubleStream.generate(() -> 0).limit(numbers.unused()),
            Arrays.stream(numbers.leaves()).mapToDouble(forest::shareUp))
        .toArray();
  }

  private AttributeProto perComparison(String name, IntUnaryOperator value) {
    return numbers(name, numbers.comparisons(), value);
  }

  private static AttributeProto number(String name, int value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto numbers(String name, int[] nodes, IntUnaryOperator value) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (int node : nodes) {
      attribute.addInts(value.applyAsInt(node));
    }
    return attribute.build();
  }

  private static AttributeProto doubles(String name, double[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    return tensor(name, TensorProto.DataType.DOUBLE, values.length, bytes.array());
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
