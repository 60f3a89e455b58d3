package mlopsprimer.trainer.portable;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mlopsprimer.features.FeatureTable;
import mlopsprimer.fixtures.Forests;
import mlopsprimer.fixtures.Models;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.forest.Calibration;
import mlopsprimer.forest.DirectionModel;
import mlopsprimer.store.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads the model in Python: with the checker of ONNX, with onnxruntime and with MLflow. */
class PortableInPythonTest {
  private static final double TOLERANCE = 1e-9;

  @TempDir Path directory;

  @Test
  void theCheckerAcceptsTheModelsAndOnnxruntimeAnswersLikeTheApi() throws Exception {
    DirectionModel random = OnnxModels.of(OnnxModels.CALIBRATION, Forests.random(3, 30, 6, 1));
    write("base-rate", withCalibration(random, Calibration.baseRate(0.5372)));
    write("extreme", withCalibration(random, new Calibration(40, -800)));
    write("leaves", OnnxModels.of(OnnxModels.CALIBRATION, OnnxModels.leaves()));
    write("one-leaf", OnnxModels.of(OnnxModels.CALIBRATION, Forests.random(3, 1, 0, 5)));
    write("random", random);
    FeatureTable table = FeatureTable.of(Prices.years(5));
    DirectionModel trained = OnnxModels.trained(table);
    write("trained", trained, table.schema().names(), OnnxModels.rows(table));
    write(
        "thresholds",
        trained,
        table.schema().names(),
        OnnxModels.rowsAtThresholds(trained.forest()));

    List<JsonObject> lines = PortablePython.run("onnx", directory);

    lines.forEach(line -> System.out.println("onnx in Python: " + line));
    assertThat(lines)
        .hasSize(7)
        .allSatisfy(line -> assertThat(line.get("difference").getAsDouble()).isLessThan(TOLERANCE));
  }

  @Test
  void mlflowPredictsFromAFrameOfNamedColumns() throws Exception {
    FeatureTable table = writeMlflowModel();

    List<JsonObject> lines = PortablePython.run("mlflow", directory);

    System.out.println("mlflow in Python: " + lines);
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).get("rows").getAsInt()).isEqualTo(table.labelled());
    assertThat(lines.get(0).get("difference").getAsDouble()).isLessThan(TOLERANCE);
  }

  @Test
  void theFilesAreThoseThatMlflowWrites() throws Exception {
    writeMlflowModel();

    assertThat(PortablePython.run("reference", directory).get(0).get("files").getAsInt())
        .isEqualTo(7);
  }

  private FeatureTable writeMlflowModel() throws Exception {
    FeatureTable table = FeatureTable.of(Prices.years(3));
    List<String> columns = table.schema().names();
    DirectionModel model = OnnxModels.trained(table);
    Manifest manifest = OnnxModels.manifest(table, model);
    Path files = Files.createDirectory(directory.resolve("model"));
    for (Map.Entry<String, byte[]> file :
        MlflowModelFiles.of(manifest, OnnxModels.onnx(model, columns), table.latest()).entrySet()) {
      Files.write(files.resolve(file.getKey()), file.getValue());
    }
    List<double[]> rows = OnnxModels.rows(table);
    PortablePython.writeRows(directory, columns, rows, OnnxModels.expected(model, rows));
    return table;
  }

  private static DirectionModel withCalibration(DirectionModel model, Calibration calibration) {
    return new DirectionModel(Models.SCHEMA, calibration, model.forest());
  }

  private void write(String name, DirectionModel model) throws Exception {
    write(name, model, OnnxModels.COLUMNS, OnnxModels.strangeRows());
  }

  private void write(String name, DirectionModel model, List<String> columns, List<double[]> rows)
      throws Exception {
    Path files = Files.createDirectory(directory.resolve(name));
    Files.write(files.resolve("model.onnx"), OnnxModels.onnx(model, columns));
    PortablePython.writeRows(files, columns, rows, OnnxModels.expected(model, rows));
  }
}
