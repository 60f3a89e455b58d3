package mlopsprimer.store;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import mlopsprimer.json.Json;
import mlopsprimer.storage.Storage;
import mlopsprimer.storage.StorageException;
import mlopsprimer.storage.TooLargeException;

/** Writes the objects of a version. The manifest is written last, and makes the version exist. */
record NewVersion(Storage storage, ObjectKeys keys) {
  /** Ids of one millisecond after the other that are tried before the writer gives up. */
  private static final int MOST_IDS = 10;

  /**
   * Writes a version.
   *
   * @return its id: the time of the training, or the next free millisecond if a version of that
   *     time has other objects
   */
  String write(ModelFiles files, Manifest manifest, List<OutOfFold> outOfFold) {
    byte[] csv = OutOfFold.toCsv(outOfFold);
    for (int id = 0; id < MOST_IDS; id++) {
      Instant time = manifest.trainedAt().plusMillis(id);
      String version = VersionId.of(time, manifest.sha256());
      if (put(keys.model(version), files.modelBin())
          && files.modelOnnx().map(onnx -> put(keys.portable(version), onnx)).orElse(true)
          && put(keys.outOfFold(version), csv)
          && put(keys.manifest(version), Json.document(manifest))) {
        return version;
      }
    }
    throw new StorageException(
        "no free id for a version: path=%s from=%s; check the clock, and train again"
            .formatted(storage.describe(keys.versions()), manifest.trainedAt()));
  }

  /** Returns whether the object has these bytes now: it is new, or was written before. */
  private boolean put(String key, byte[] bytes) {
    return storage.putIfAbsent(key, bytes).isPresent() || has(key, bytes);
  }

  private boolean has(String key, byte[] bytes) {
    try {
      return storage
          .read(key, bytes.length)
          .filter(stored -> Arrays.equals(stored.bytes(), bytes))
          .isPresent();
    } catch (TooLargeException e) {
      return false;
    }
  }
}
