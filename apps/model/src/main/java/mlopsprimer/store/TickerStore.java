package mlopsprimer.store;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mlopsprimer.contract.AppPod;
import mlopsprimer.contract.Sha256;
import mlopsprimer.contract.Ticker;
import mlopsprimer.forest.CorruptModelException;
import mlopsprimer.forest.DirectionModel;
import mlopsprimer.forest.ModelFormat;
import mlopsprimer.json.Json;

/** Reads the models of one ticker. A {@link StoreWriter} writes them. */
public final class TickerStore {
  static final String MODEL = AppPod.MODEL_FILE;
  static final String MANIFEST = "manifest.json";
  static final String OUT_OF_FOLD = "out-of-fold.csv";

  /**
   * Largest size of a model.bin in bytes. The API parses one model at a time in a heap of 56 MiB or
   * more, where a model of this size takes about 23 MB, and the bytes of the file another 8 MB.
   */
  public static final long LARGEST_MODEL = 8L << 20;

  private final Ticker ticker;
  private final Path directory;

  TickerStore(Ticker ticker, Path directory) {
    this.ticker = ticker;
    this.directory = directory;
  }

  public Ticker ticker() {
    return ticker;
  }

  /**
   * Reads the pointer to the champion; the result is empty if no version was promoted yet.
   *
   * @throws UnreadableFileException if the pointer does not have the form that the store writes
   * @throws StorageException if the volume fails
   */
  public Optional<Champion> champion() {
    return readJson(championFile(), Champion.class);
  }

  /**
   * Reads the newest feature rows.
   *
   * @throws UnreadableFileException if the rows do not have the form that the store writes
   * @throws StorageException if the volume fails
   */
  public LatestFeatures latest() {
    return readJson(latestFile(), LatestFeatures.class).orElse(LatestFeatures.NONE);
  }

  /**
   * Reads the scores of the forecasts that came due; the result is empty if there are none yet.
   *
   * @throws UnreadableFileException if the scores do not have the form that the store writes
   * @throws StorageException if the volume fails
   */
  public Optional<RealisedScores> realised() {
    return readJson(realisedFile(), RealisedScores.class);
  }

  public PredictionLog predictions() {
    return new PredictionLog(directory.resolve("predictions.jsonl"));
  }

  /** Ids of the stored versions, newest first. */
  public List<String> versions() {
    if (!Files.isDirectory(versionsDirectory())) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(versionsDirectory())) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(VersionId::isOne)
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException e) {
      throw StorageException.of("list the versions", versionsDirectory(), e);
    } catch (UncheckedIOException e) {
      throw StorageException.of("list the versions", versionsDirectory(), e.getCause());
    }
  }

  /**
   * Reads a version. The size and the SHA-256 of model.bin are compared with the manifest before
   * model.bin is parsed.
   *
   * @throws IllegalArgumentException if {@code version} does not have the form of a version's id
   * @throws CorruptModelException if the files of the version are missing, altered or unreadable
   * @throws StorageException if the volume fails
   */
  public ModelVersion load(String version) {
    Manifest manifest = manifest(version);
    Path file = versionDirectory(version).resolve(MODEL);
    byte[] bytes = readModel(file, manifest.bytes());
    String sha256 = Sha256.hex(bytes);
    if (!sha256.equals(manifest.sha256()) || !VersionId.names(version, sha256)) {
      throw new CorruptModelException(
          "altered model: path=%s sha256=%s expected=%s; roll back to another version or train again"
              .formatted(file, sha256, manifest.sha256()));
    }
    DirectionModel model = ModelFormat.read(bytes);
    if (!manifest.ticker().equals(ticker)
        || !manifest.features().schemaId().equals(model.schemaId())) {
      throw new CorruptModelException(
          "manifest of another model: path=%s ticker=%s schema=%s, the schema of model.bin is %s; roll back to another version or train again"
              .formatted(
                  versionDirectory(version).resolve(MANIFEST),
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
    Path file = versionDirectory(version).resolve(MANIFEST);
    try {
      return readJson(file, Manifest.class)
          .orElseThrow(
              () ->
                  new CorruptModelException(
                      "no such version: path=%s; choose one of the stored versions: %s"
                          .formatted(file, versions())));
    } catch (UnreadableFileException e) {
      throw new CorruptModelException(e.getMessage());
    }
  }

  /**
   * Reads the out-of-fold forecasts of a version, oldest first.
   *
   * @throws CorruptModelException if the file is missing or unreadable
   */
  public List<OutOfFold> outOfFold(String version) {
    Path file = versionDirectory(version).resolve(OUT_OF_FOLD);
    try {
      return OutOfFold.fromCsv(Files.readString(file));
    } catch (NoSuchFileException | CharacterCodingException | RuntimeException e) {
      throw new CorruptModelException(
          "unreadable out-of-fold forecasts: path=%s cause=%s; restore the file or train again"
              .formatted(file, e.getMessage()));
    } catch (IOException e) {
      throw StorageException.of("read the out-of-fold forecasts", file, e);
    }
  }

  /**
   * Text that changes when the champion pointer or the latest rows change: the content of both
   * files. A reader compares the stamp with the stamp that it read before.
   */
  public String stamp() {
    return text(championFile()).orElse("") + "\n" + text(latestFile()).orElse("");
  }

  Path directory() {
    return directory;
  }

  Path championFile() {
    return directory.resolve("champion.json");
  }

  Path latestFile() {
    return directory.resolve("latest.json");
  }

  Path realisedFile() {
    return directory.resolve("realised.json");
  }

  Path versionsDirectory() {
    return directory.resolve("versions");
  }

  Path versionDirectory(String version) {
    VersionId.check(version);
    return versionsDirectory().resolve(version);
  }

  private static byte[] readModel(Path file, long expected) {
    try {
      long size = Files.size(file);
      if (size > LARGEST_MODEL) {
        throw new CorruptModelException(
            "model too large: path=%s bytes=%d most=%d; roll back to another version or train a smaller forest"
                .formatted(file, size, LARGEST_MODEL));
      }
      if (size != expected) {
        throw new CorruptModelException(
            "altered model: path=%s bytes=%d expected=%d; roll back to another version or train again"
                .formatted(file, size, expected));
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new CorruptModelException("missing model: path=%s; train again".formatted(file));
    } catch (IOException e) {
      throw StorageException.of("read the model", file, e);
    }
  }

  private static <T> Optional<T> readJson(Path file, Class<T> type) {
    return text(file)
        .map(
            json -> {
              try {
                return Json.read(json, type);
              } catch (JsonParseException e) {
                throw new UnreadableFileException(file, e);
              }
            });
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StorageException.of("read", file, e);
    }
  }
}
