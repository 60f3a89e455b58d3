package mlopsprimer.trainer.portable;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.List;
import mlopsprimer.forest.Calibration;
import mlopsprimer.forest.DirectionModel;
import mlopsprimer.forest.Forest;

/**
 * Writes {@code model.onnx}: the same forest and the same calibration as model.bin, for programs
 * that are not this one. All numbers are double. The file has no time and no path, so equal models
 * give equal bytes.
 *
 * <pre>
 * inputs:  one per column of the schema, in order, named like the column: double, shape [N]
 * outputs: probability_up  double, shape [N]: calibrated probability of UP
 *          prediction      string, shape [N]: UP if probability_up is above 0.5, otherwise DOWN
 * </pre>
 */
public final class OnnxModel {
  public static final String PROBABILITY = "probability_up";
  public static final String PREDICTION = "prediction";

  /** Form of the file, of ONNX 1.16, and the operators of that version. */
  private static final int IR_VERSION = 10;

  private static final int OPERATORS_VERSION = 21;

  private static final String LABEL =
      "UP means that the adjusted close of the next session is higher than that of the row's day;"
          + " an unchanged close is DOWN";

  private OnnxModel() {}

  /**
   * Writes a model.
   *
   * @throws IllegalArgumentException if the origin does not have as many columns as the forest
   */
  public static byte[] write(DirectionModel model, OnnxOrigin origin) {
    if (origin.columns().size() != model.forest().features()) {
      throw new IllegalArgumentException(
          "the forest has %d columns, but there are %d names: %s"
              .formatted(model.forest().features(), origin.columns().size(), origin.columns()));
    }
    OnnxGraph graph = new OnnxGraph("mlops-primer");
    String forest = forest(graph, model.forest(), origin.columns());
    String probability = calibration(graph, model.calibration(), forest);
    String isUp =
        graph.node("Greater", "answer/is_up", probability, graph.constant("answer/half", 0.5));
    graph.node(
        "Where",
        PREDICTION,
        isUp,
        graph.constant("answer/up", "UP"),
        graph.constant("answer/down", "DOWN"));
    graph.output(PROBABILITY, TensorProto.DataType.DOUBLE, "calibrated probability of UP");
    graph.output(PREDICTION, TensorProto.DataType.STRING, "UP if the probability is above 0.5");
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(operators("", OPERATORS_VERSION))
        .addOpsetImport(operators(TreeEnsembleNode.DOMAIN, TreeEnsembleNode.DOMAIN_VERSION))
        .setProducerName("mlops-primer")
        .setProducerVersion(origin.trainerVersion())
        .setGraph(graph.build())
        .addMetadataProps(metadata("ticker", origin.ticker().toString()))
        .addMetadataProps(metadata("schemaId", model.schemaId()))
        .addMetadataProps(metadata("sha256", origin.sha256()))
        .addMetadataProps(metadata("label", LABEL))
        .build()
        .toByteArray();
  }

  /** The forest's probability of UP: the mean over the trees of the share of UP in a leaf. */
  private static String forest(OnnxGraph graph, Forest forest, List<String> columns) {
    String axis = graph.axis("forest/second_axis", 1);
    List<String> inputs = new ArrayList<>();
    for (String column : columns) {
      graph.input(column);
      inputs.add(graph.node("Unsqueeze", "forest/column/" + column, column, axis));
    }
    String rows = graph.concat("forest/rows", inputs);
    String sums =
        graph.node(
            TreeEnsembleNode.of(forest), TreeEnsembleNode.OPERATOR, "forest/sums", List.of(rows));
    String sum = graph.node("Squeeze", "forest/sum_of_shares", sums, axis);
    return graph.node(
        "Div", "forest/probability", sum, graph.constant("forest/trees", forest.trees()));
  }

  /** The operations of {@link Calibration#apply}, in the same order. */
  private static String calibration(OnnxGraph graph, Calibration calibration, String forest) {
    String one = graph.constant("calibration/one", 1);
    String clipped =
        graph.node(
            "Clip",
            "calibration/clipped",
            forest,
            graph.constant("calibration/least", Calibration.CLIP),
            graph.constant("calibration/most", 1 - Calibration.CLIP));
    String odds =
        graph.node(
            "Div",
            "calibration/odds",
            clipped,
            graph.node("Sub", "calibration/rest", one, clipped));
    String scaled =
        graph.node(
            "Mul",
            "calibration/scaled",
            graph.node("Log", "calibration/log_odds", odds),
            graph.constant("calibration/slope", calibration.slope()));
    String calibrated =
        graph.node(
            "Add",
            "calibration/calibrated",
            scaled,
            graph.constant("calibration/intercept", calibration.intercept()));
    String inverse =
        graph.node(
            "Exp",
            "calibration/inverse_odds",
            graph.node("Neg", "calibration/negated", calibrated));
    return graph.node(
        "Div", PROBABILITY, one, graph.node("Add", "calibration/total", one, inverse));
  }

  private static OperatorSetIdProto operators(String domain, int version) {
    return OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(version).build();
  }

  private static StringStringEntryProto metadata(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
