package mlopsprimer.trainer.portable;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Collects the nodes of a graph in the order in which they are computed. */
final class OnnxGraph {
  /** Name of the first dimension of every input and output: the number of rows. */
  private static final String ROWS = "N";

  private final GraphProto.Builder graph;

  OnnxGraph(String name) {
    this.graph = GraphProto.newBuilder().setName(name);
  }

  /** Declares an input of type double, one value per row. */
  void input(String name) {
    graph.addInput(perRow(name, TensorProto.DataType.DOUBLE));
  }

  /** Declares an output with one value per row. */
  void output(String name, TensorProto.DataType type, String description) {
    graph.addOutput(perRow(name, type).setDocString(description));
  }

  private static ValueInfoProto.Builder perRow(String name, TensorProto.DataType type) {
    TensorShapeProto.Dimension.Builder rows =
        TensorShapeProto.Dimension.newBuilder().setDimParam(ROWS);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(type.getNumber())
                        .setShape(TensorShapeProto.newBuilder().addDim(rows))));
  }

  /** Declares a constant of type double without dimensions. */
  String constant(String name, double value) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.DOUBLE.getNumber())
            .addDoubleData(value));
    return name;
  }

  /** Declares a constant text without dimensions. */
  String constant(String name, String value) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.STRING.getNumber())
            .addStringData(ByteString.copyFrom(value, StandardCharsets.UTF_8)));
    return name;
  }

  /** Declares a constant list with one number. */
  String axis(String name, long value) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addDims(1)
            .addInt64Data(value));
    return name;
  }

  /**
   * Adds a node of the operator {@code operator}.
   *
   * @return {@code output}, for the input of another node
   */
  String node(String operator, String output, String... inputs) {
    return node(NodeProto.newBuilder(), operator, output, List.of(inputs));
  }

  /** Adds a node that joins matrices of one column each. */
  String concat(String output, List<String> columns) {
    return node(
        NodeProto.newBuilder()
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("axis")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(1)),
        "Concat",
        output,
        columns);
  }

  String node(NodeProto.Builder node, String operator, String output, List<String> inputs) {
    graph.addNode(node.setName(output).setOpType(operator).addAllInput(inputs).addOutput(output));
    return output;
  }

  GraphProto build() {
    return graph.build();
  }
}
