package mlopsprimer.trainer.portable;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import mlopsprimer.features.FeatureRow;
import mlopsprimer.store.Manifest;

/**
 * The files of an MLflow model: a directory that MLflow loads with its flavors {@code onnx} and
 * {@code python_function}. They are those that {@code mlflow.onnx.save_model} writes. Equal
 * arguments give equal bytes: the time of the model is that of the training, and its UUID comes
 * from the SHA-256 of model.bin.
 */
public final class MlflowModelFiles {
  public static final String MLMODEL = "MLmodel";
  public static final String MODEL_ONNX = "model.onnx";

  static final String INPUT_EXAMPLE = "input_example.json";
  static final String SERVING_EXAMPLE = "serving_input_example.json";
  static final String REQUIREMENTS = "requirements.txt";
  static final String CONDA = "conda.yaml";
  static final String PYTHON_ENVIRONMENT = "python_env.yaml";

  private MlflowModelFiles() {}

  /**
   * Makes the files of a version.
   *
   * @param modelOnnx content of the version's model.onnx
   * @param example a feature row of the version's schema
   * @return content by name, such as {@code MLmodel}
   * @throws IllegalArgumentException if the example has another schema than the version
   */
  public static SortedMap<String, byte[]> of(
      Manifest manifest, byte[] modelOnnx, FeatureRow example) {
    List<String> columns = manifest.features().names();
    if (!example.schemaId().equals(manifest.features().schemaId())
        || example.values().size() != columns.size()) {
      throw new IllegalArgumentException(
          "the example has the schema %s and %d values, but the version has the schema %s and %d columns; take a row of the version's schema"
              .formatted(
                  example.schemaId(),
                  example.values().size(),
                  manifest.features().schemaId(),
                  columns.size()));
    }
    PythonEnvironment environment = PythonEnvironment.OF_MODELS;
    SortedMap<String, byte[]> files = new TreeMap<>();
    JsonObject table = table(columns, example);
    files.put(MODEL_ONNX, modelOnnx);
    files.put(INPUT_EXAMPLE, table.toString().getBytes(UTF_8));
    JsonObject request = new JsonObject();
    request.add("dataframe_split", table);
    files.put(SERVING_EXAMPLE, request.toString().getBytes(UTF_8));
    long bytes = files.values().stream().mapToLong(file -> file.length).sum();
    files.put(MLMODEL, new MlmodelYaml(manifest, environment, bytes).text().getBytes(UTF_8));
    files.put(REQUIREMENTS, environment.requirements().getBytes(UTF_8));
    files.put(CONDA, environment.condaYaml().getBytes(UTF_8));
    files.put(PYTHON_ENVIRONMENT, environment.pythonEnvYaml().getBytes(UTF_8));
    return files;
  }

  /** A table of one row in the form that pandas calls split. */
  private static JsonObject table(List<String> columns, FeatureRow example) {
    JsonArray names = new JsonArray();
    columns.forEach(names::add);
    JsonArray row = new JsonArray();
    example.values().forEach(row::add);
    JsonArray rows = new JsonArray();
    rows.add(row);
    JsonObject table = new JsonObject();
    table.add("columns", names);
    table.add("data", rows);
    return table;
  }
}
