package mlopsprimer.store;

import java.util.Optional;

/**
 * The forms of one model that a version consists of. Their sizes and SHA-256 are in the manifest.
 *
 * @param modelBin content of model.bin
 * @param modelOnnx content of model.onnx; empty if the version has none
 */
@SuppressWarnings("ArrayRecordComponent") // nothing compares two of these
public record ModelFiles(byte[] modelBin, Optional<byte[]> modelOnnx) {
  /** A model without model.onnx. */
  public static ModelFiles of(byte[] modelBin) {
    return new ModelFiles(modelBin, Optional.empty());
  }

  /** A model in both forms. */
  public static ModelFiles of(byte[] modelBin, byte[] modelOnnx) {
    return new ModelFiles(modelBin, Optional.of(modelOnnx));
  }
}
