package mlopsprimer.trainer.portable;

import java.util.List;
import java.util.Objects;
import mlopsprimer.contract.Ticker;

/**
 * Where a model.onnx comes from.
 *
 * @param columns names of the model's columns, in the order of the schema
 * @param sha256 SHA-256 of the model.bin of the same model, in hex
 * @param trainerVersion version of the program that writes model.onnx
 */
public record OnnxOrigin(
    Ticker ticker, List<String> columns, String sha256, String trainerVersion) {
  public OnnxOrigin {
    Objects.requireNonNull(ticker, "ticker");
    columns = List.copyOf(columns);
    Objects.requireNonNull(sha256, "sha256");
    Objects.requireNonNull(trainerVersion, "trainerVersion");
  }
}
