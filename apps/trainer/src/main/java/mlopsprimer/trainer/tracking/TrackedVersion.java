package mlopsprimer.trainer.tracking;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import mlopsprimer.features.FeatureRow;
import mlopsprimer.forest.CorruptModelException;
import mlopsprimer.store.Manifest;
import mlopsprimer.store.ModelVersion;
import mlopsprimer.store.OutOfFold;
import mlopsprimer.store.TickerStore;
import mlopsprimer.store.UnreadableObjectException;

/**
 * A stored version as MLflow gets it.
 *
 * @param outOfFold forecasts of its walk-forward evaluation, oldest first
 * @param modelOnnx content of its model.onnx; empty if an older trainer stored it without one
 * @param example a feature row of its schema
 */
record TrackedVersion(
    ModelVersion version,
    List<OutOfFold> outOfFold,
    Optional<byte[]> modelOnnx,
    FeatureRow example) {

  /**
   * Reads a version from the store.
   *
   * @throws CorruptModelException if the version is missing, altered or unreadable
   */
  static TrackedVersion read(TickerStore store, String id) {
    ModelVersion version = store.load(id);
    return new TrackedVersion(
        version, store.outOfFold(id), store.portable(id), example(store, version.manifest()));
  }

  /** The newest row of the schema; a row of zeros if the store has none. */
  private static FeatureRow example(TickerStore store, Manifest manifest) {
    String schema = manifest.features().schemaId();
    Optional<FeatureRow> newest;
    try {
      newest = store.latest().ofSchema(schema).map(sourced -> sourced.row());
    } catch (UnreadableObjectException e) {
      newest = Optional.empty();
    }
    return newest.orElseGet(
        () ->
            new FeatureRow(
                schema,
                manifest.data().lastDay(),
                Collections.nCopies(manifest.features().names().size(), 0.0)));
  }

  /** The same version with the manifest of a later training that gave the same bytes. */
  TrackedVersion withManifest(Manifest manifest) {
    return new TrackedVersion(
        new ModelVersion(version.id(), manifest, version.model()), outOfFold, modelOnnx, example);
  }

  String id() {
    return version.id();
  }

  Manifest manifest() {
    return version.manifest();
  }
}
