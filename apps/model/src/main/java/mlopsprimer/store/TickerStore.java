package mlopsprimer.store;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import mlopsprimer.contract.Ticker;
import mlopsprimer.forest.CorruptModelException;
import mlopsprimer.forest.DirectionModel;
import mlopsprimer.forest.ModelFormat;
import mlopsprimer.storage.Storage;
import mlopsprimer.storage.Storage.StoredObject;
import mlopsprimer.storage.StorageException;
import mlopsprimer.storage.TooLargeException;

/** Reads the models of one ticker. A {@link StoreWriter} writes them. */
public final class TickerStore {
  /**
   * Largest size of a model.bin in bytes. The API parses one model at a time in a heap of 56 MiB or
   * more, where a model of this size takes about 23 MB, and the bytes of the object another 8 MB.
   */
  public static final long LARGEST_MODEL = 8L << 20;

  /** Largest size of a model.onnx in bytes. That of the largest model.bin has about 10 MB. */
  static final long LARGEST_PORTABLE = 4 * LARGEST_MODEL;

  /** Largest size of the out-of-fold forecasts in bytes: about 100,000 days. The API reads none. */
  static final long LARGEST_OUT_OF_FOLD = 16L << 20;

  private final Storage storage;
  private final ObjectKeys keys;

  TickerStore(Storage storage, Ticker ticker) {
    this.storage = storage;
    this.keys = new ObjectKeys(ticker);
  }

  public Ticker ticker() {
    return keys.ticker();
  }

  /**
   * Reads the pointer to the champion; the result is empty if no version was promoted yet.
   *
   * @throws UnreadableObjectException if the pointer does not have the form that the store writes
   * @throws StorageException if the storage fails
   */
  public Optional<Champion> champion() {
    return championJson().read();
  }

  /**
   * Reads the pointer to the champion, for a writer that replaces it only if it has not changed.
   *
   * @throws StorageException if the storage fails
   */
  public ChampionPointer pointer() {
    StoredJson<Champion> json = championJson();
    try {
      Optional<StoredObject> stored = storage.read(json.key(), StoredJson.LARGEST);
      return stored.map(object -> pointer(json, object)).orElse(ChampionPointer.absent());
    } catch (TooLargeException e) {
      return ChampionPointer.unreadable(
          new UnreadableObjectException(storage.describe(json.key()), e), null);
    }
  }

  private static ChampionPointer pointer(StoredJson<Champion> json, StoredObject object) {
    try {
      return ChampionPointer.to(json.parse(object), object.tag());
    } catch (UnreadableObjectException e) {
      return ChampionPointer.unreadable(e, object.tag());
    }
  }

  /**
   * Reads the newest feature rows.
   *
   * @throws UnreadableObjectException if the rows do not have the form that the store writes
   * @throws StorageException if the storage fails
   */
  public LatestFeatures latest() {
    return latestJson().read().orElse(LatestFeatures.NONE);
  }

  /**
   * Reads the scores of the forecasts that came due; the result is empty if there are none yet.
   *
   * @throws UnreadableObjectException if the scores do not have the form that the store writes
   * @throws StorageException if the storage fails
   */
  public Optional<RealisedScores> realised() {
    return new StoredJson<>(storage, keys.realised(), RealisedScores.class).read();
  }

  public PredictionLog predictions() {
    return new PredictionLog(storage, keys.forecasts());
  }

  /**
   * Ids of the stored versions, newest first.
   *
   * @throws StorageException if the storage cannot be listed
   */
  public List<String> versions() {
    return VersionObjects.of(storage, keys).stream()
        .filter(VersionObjects::isComplete)
        .map(VersionObjects::version)
        .toList();
  }

  /**
   * Reads a version. The size and the SHA-256 of model.bin are compared with the manifest before
   * model.bin is parsed.
   *
   * @throws IllegalArgumentException if {@code version} does not have the form of a version's id
   * @throws CorruptModelException if the objects of the version are missing, altered or unreadable
   * @throws StorageException if the storage fails
   */
  public ModelVersion load(String version) {
    Manifest manifest = manifest(version);
    DirectionModel model = ModelFormat.read(modelBin(version, manifest));
    if (!manifest.ticker().equals(ticker())
        || !manifest.features().schemaId().equals(model.schemaId())) {
      throw new CorruptModelException(
          "manifest of another model: path=%s ticker=%s schema=%s, the schema of model.bin is %s; roll back to another version or train again"
              .formatted(
                  storage.describe(keys.manifest(version)),
                  manifest.ticker(),
                  manifest.features().schemaId(),
                  model.schemaId()));
    }
    return new ModelVersion(version, manifest, model);
  }

  /**
   * Reads the manifest of a version.
   *
   * @throws IllegalArgumentException if {@code version} does not have the form of a version's id
   * @throws CorruptModelException if the manifest is missing or unreadable
   */
  public Manifest manifest(String version) {
    StoredJson<Manifest> json = new StoredJson<>(storage, keys.manifest(version), Manifest.class);
    try {
      return json.read()
          .orElseThrow(
              () ->
                  new CorruptModelException(
                      "no such version: path=%s; choose one of the stored versions: %s"
                          .formatted(storage.describe(json.key()), versions())));
    } catch (UnreadableObjectException e) {
      throw new CorruptModelException(e.getMessage());
    }
  }

  /**
   * Reads the out-of-fold forecasts of a version, oldest first.
   *
   * @throws CorruptModelException if they are missing or unreadable
   */
  public List<OutOfFold> outOfFold(String version) {
    String key = keys.outOfFold(version);
    try {
      byte[] csv =
          storage
              .read(key, LARGEST_OUT_OF_FOLD)
              .orElseThrow(() -> new IllegalArgumentException("there is no such object"))
              .bytes();
      return OutOfFold.fromCsv(new String(csv, StandardCharsets.UTF_8));
    } catch (TooLargeException | IllegalArgumentException | DateTimeException e) {
      throw new CorruptModelException(
          "unreadable out-of-fold forecasts: path=%s cause=%s; restore them or train again"
              .formatted(storage.describe(key), e.getMessage()));
    }
  }

  /**
   * Reads the model.onnx of a version, and compares its size and its SHA-256 with the manifest.
   *
   * @return empty if an older trainer stored the version without a model.onnx
   * @throws CorruptModelException if the manifest names a model.onnx, and it is missing or altered
   */
  public Optional<byte[]> portable(String version) {
    return portable(version, manifest(version));
  }

  Optional<byte[]> portable(String version, Manifest manifest) {
    Manifest.PortableModel expected = manifest.portable();
    if (expected == null) {
      return Optional.empty();
    }
    return Optional.of(
        new VerifiedModel(storage, keys.portable(version))
            .read(expected.bytes(), expected.sha256(), LARGEST_PORTABLE));
  }

  /**
   * Reads the bytes of a model.bin, and compares their size and their SHA-256 with the manifest.
   *
   * @throws CorruptModelException if model.bin is missing or altered
   */
  byte[] modelBin(String version, Manifest manifest) {
    VerifiedModel model = new VerifiedModel(storage, keys.model(version));
    byte[] bytes = model.read(manifest.bytes(), manifest.sha256(), LARGEST_MODEL);
    if (!VersionId.names(version, manifest.sha256())) {
      throw model.altered(manifest.sha256(), version);
    }
    return bytes;
  }

  Storage storage() {
    return storage;
  }

  ObjectKeys keys() {
    return keys;
  }

  StoredJson<Champion> championJson() {
    return new StoredJson<>(storage, keys.champion(), Champion.class);
  }

  StoredJson<LatestFeatures> latestJson() {
    return new StoredJson<>(storage, keys.latest(), LatestFeatures.class);
  }
}
