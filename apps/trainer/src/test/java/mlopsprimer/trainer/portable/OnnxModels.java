package mlopsprimer.trainer.portable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import mlopsprimer.contract.Sha256;
import mlopsprimer.features.FeatureTable;
import mlopsprimer.fixtures.Models;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.forest.Calibration;
import mlopsprimer.forest.DirectionModel;
import mlopsprimer.forest.Forest;
import mlopsprimer.forest.ForestBuilder;
import mlopsprimer.forest.ModelFormat;
import mlopsprimer.store.Manifest;
import mlopsprimer.trainer.weka.ForestSettings;
import mlopsprimer.trainer.weka.WekaForestTrainer;

/** Models to write as ONNX, and rows to ask them for. */
public final class OnnxModels {
  static final Calibration CALIBRATION = new Calibration(0.37, 0.0712);
  static final List<String> COLUMNS = List.of("a", "b", "c");

  private OnnxModels() {}

  /** A model of the three columns a, b and c. */
  static DirectionModel of(Calibration calibration, Forest forest) {
    return new DirectionModel(Models.SCHEMA, calibration, forest);
  }

  static byte[] onnx(DirectionModel model) {
    return onnx(model, COLUMNS);
  }

  public static byte[] onnx(DirectionModel model, List<String> columns) {
    return OnnxModel.write(
        model, new OnnxOrigin(Prices.SPY, columns, Sha256.hex(ModelFormat.write(model)), "1.0.0"));
  }

  /** A model that the default settings train on the table. */
  static DirectionModel trained(FeatureTable table) {
    Forest forest =
        new WekaForestTrainer(new ForestSettings(100, 5, 5, 42)).train(table, table.labelled());
    return new DirectionModel(table.schema().id(), CALIBRATION, forest);
  }

  static Manifest manifest(FeatureTable table, DirectionModel model) {
    return Models.manifest(
        Prices.SPY,
        ModelFormat.write(model),
        new Manifest.FeatureColumns(table.schema().id(), table.schema().names()),
        Models.NOON,
        0.01);
  }

  public static List<double[]> rows(FeatureTable table) {
    return IntStream.range(0, table.labelled()).mapToObj(table::row).toList();
  }

  /** A forest whose trees are single leaves, except the last one. */
  static Forest leaves() {
    ForestBuilder builder = new ForestBuilder(COLUMNS.size());
    builder.startTree();
    builder.leaf(3, 4);
    builder.startTree();
    builder.leaf(0, 5);
    builder.startTree();
    int root = builder.split(2, 0.25);
    builder.leaf(7, 1);
    builder.startRight(root);
    builder.leaf(1, 0);
    return builder.build();
  }

  /** Rows at each threshold of the forest, and next to it on both sides. */
  static List<double[]> rowsAtThresholds(Forest forest) {
    List<double[]> rows = new ArrayList<>();
    for (int node = 0; node < forest.nodes(); node++) {
      if (!forest.isLeaf(node)) {
        double threshold = forest.threshold(node);
        for (double value :
            new double[] {threshold, Math.nextDown(threshold), Math.nextUp(threshold)}) {
          double[] row = new double[forest.features()];
          row[forest.feature(node)] = value;
          rows.add(row);
        }
      }
    }
    return rows;
  }

  /** Rows with values that a feature never has. */
  static List<double[]> strangeRows() {
    double[] values = {
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      -0.0,
      0,
      Double.MIN_VALUE,
      Double.MAX_VALUE,
      1e300,
      -1e300
    };
    List<double[]> rows = new ArrayList<>();
    for (double a : values) {
      for (double b : values) {
        rows.add(new double[] {a, b, a});
      }
    }
    return rows;
  }

  /** The probability that the API answers for each row. */
  public static double[] expected(DirectionModel model, List<double[]> rows) {
    return rows.stream()
        .mapToDouble(row -> model.calibration().apply(model.forest().probabilityUp(row)))
        .toArray();
  }
}
