package mlopsprimer.mlflow;

import java.util.Map;
import java.util.Optional;

/**
 * A model version of MLflow.
 *
 * @param number number of the version, from 1
 * @param source URI of the MLflow model's directory
 * @param run id of the run that it comes from; empty if there is none
 * @param tags tags of the version by key
 */
public record RegisteredVersion(
    RegisteredModelName name,
    int number,
    String source,
    Optional<String> run,
    Map<String, String> tags) {
  /** Tag with the id of the stored version, such as 20261123T180000000Z-0123456789ab. */
  public static final String VERSION_TAG = "mlops-primer.version";

  /** Tag with the SHA-256 of the stored version's model.bin, in hex. */
  public static final String SHA256_TAG = "mlops-primer.sha256";

  public RegisteredVersion {
    tags = Map.copyOf(tags);
  }

  /** Id of the version in the model store; empty if the version has no such tag. */
  public Optional<String> storedVersion() {
    return Optional.ofNullable(tags.get(VERSION_TAG));
  }

  /** SHA-256 of the version's model.bin in hex; empty if the version has no such tag. */
  public Optional<String> sha256() {
    return Optional.ofNullable(tags.get(SHA256_TAG));
  }
}
