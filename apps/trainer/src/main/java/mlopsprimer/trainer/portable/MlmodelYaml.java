package mlopsprimer.trainer.portable;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import mlopsprimer.store.Manifest;

/**
 * The file MLmodel, which describes an MLflow model.
 *
 * @param bytes size of model.onnx and of the examples
 */
record MlmodelYaml(Manifest manifest, PythonEnvironment environment, long bytes) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Number of hex digits of a UUID. */
  private static final int UUID = 32;

  String text() {
    return """
        flavors:
          onnx:
            code: null
            data: model.onnx
            onnx_session_options: null
            onnx_version: %s
            providers:
            - CPUExecutionProvider
          python_function:
            data: model.onnx
            env:
              conda: conda.yaml
              virtualenv: python_env.yaml
            loader_module: mlflow.onnx
            python_version: %s
        is_signature_from_type_hint: false
        metadata:
          schemaId: %s
          sha256: %s
          ticker: %s
        mlflow_version: %s
        model_id: null
        model_size_bytes: %s
        model_uuid: %s
        prompts: null
        saved_input_example_info:
          artifact_path: input_example.json
          pandas_orient: split
          serving_input_path: serving_input_example.json
          type: dataframe
        signature:
          inputs: %s
          outputs: %s
          params: null
        type_hint_from_example: false
        utc_time_created: %s
        """
        .formatted(
            environment.version("onnx"),
            environment.python(),
            quoted(manifest.features().schemaId()),
            quoted(manifest.sha256()),
            quoted(manifest.ticker().toString()),
            environment.version("mlflow"),
            bytes,
            quoted(manifest.sha256().substring(0, UUID)),
            quoted(inputs(manifest.features().names()).toString()),
            quoted(outputs().toString()),
            quoted(TIME.format(manifest.trainedAt())));
  }

  private static JsonArray inputs(List<String> columns) {
    JsonArray inputs = new JsonArray();
    columns.forEach(column -> inputs.add(column("double", column)));
    return inputs;
  }

  private static JsonArray outputs() {
    JsonArray outputs = new JsonArray();
    outputs.add(column("double", OnnxModel.PROBABILITY));
    outputs.add(column("string", OnnxModel.PREDICTION));
    return outputs;
  }

  private static JsonObject column(String type, String name) {
    JsonObject column = new JsonObject();
    column.addProperty("type", type);
    column.addProperty("name", name);
    column.addProperty("required", true);
    return column;
  }

  /** A text of one line in YAML, which is not taken for a number or for a time. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
