package mlopsprimer.store;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mlopsprimer.json.Json;

/**
 * Moves one ticker from the older layout. The copies come first, and the champion is the last of
 * them; then the old files are deleted. Every step may be repeated.
 *
 * @param from directory of the ticker, whose lock is held
 * @param beforeStep runs before each change
 */
record TakeOver(Path from, TickerStore to, Runnable beforeStep) {
  private static final List<String> VERSION_FILES =
      List.of( // the manifest last
          ObjectKeys.MODEL, ObjectKeys.PORTABLE, ObjectKeys.OUT_OF_FOLD, ObjectKeys.MANIFEST);

  private static final String LATEST = "latest.json";
  private static final String REALISED = "realised.json";
  private static final String PREDICTIONS = "predictions.jsonl";
  private static final String TEMPORARY = ".tmp-";

  void run() throws IOException {
    for (Path version : versions()) {
      copyVersion(version);
    }
    copyLatest();
    copy(from.resolve(REALISED), to.keys().realised());
    copyPredictions();
    copy(from.resolve(OldLayout.CHAMPION), to.keys().champion());
    deleteOldFiles();
  }

  private List<Path> versions() throws IOException {
    return children(from.resolve(OldLayout.VERSIONS)).stream()
        .filter(path -> VersionId.isOne(path.getFileName().toString()))
        .toList();
  }

  private void copyVersion(Path version) throws IOException {
    if (!Files.exists(version.resolve(ObjectKeys.MANIFEST))) {
      return;
    }
    for (String file : VERSION_FILES) {
      copy(version.resolve(file), to.keys().version(version.getFileName().toString()) + file);
    }
  }

  /** Copies a file unless the object exists, and returns the content if the object exists. */
  private Optional<byte[]> copy(Path file, String key) throws IOException {
    Optional<byte[]> content = content(file);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    beforeStep.run();
    return to.storage().putIfAbsent(key, content.get()).isPresent() ? Optional.empty() : content;
  }

  private static Optional<byte[]> content(Path file) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private void copyLatest() throws IOException {
    Optional<byte[]> toMerge = copy(from.resolve(LATEST), to.keys().latest());
    if (toMerge.isPresent()) {
      StoreWriter writer = new StoreWriter(to);
      rows(toMerge.get()).rows().values().forEach(writer::offerLatest);
    }
  }

  private static LatestFeatures rows(byte[] json) {
    try {
      return Json.read(new String(json, StandardCharsets.UTF_8), LatestFeatures.class);
    } catch (JsonParseException e) {
      return LatestFeatures.NONE; // the next training computes them again
    }
  }

  private void copyPredictions() throws IOException {
    copy(from.resolve(PREDICTIONS), to.keys().forecasts())
        .ifPresent(lines -> to.predictions().merge(lines));
  }

  /** Deletes the files of the older layout, and the directories that are empty then. */
  private void deleteOldFiles() throws IOException {
    Path versions = from.resolve(OldLayout.VERSIONS);
    for (Path version : children(versions)) {
      String name = version.getFileName().toString();
      if (VersionId.isOne(name) || name.startsWith(TEMPORARY)) {
        for (int file = VERSION_FILES.size() - 1; file >= 0; file--) {
          delete(version.resolve(VERSION_FILES.get(file)));
        }
        delete(version);
      }
    }
    delete(versions);
    for (Path file : children(from)) {
      if (file.getFileName().toString().startsWith(TEMPORARY)) {
        delete(file);
      }
    }
    for (String file : List.of(LATEST, REALISED, PREDICTIONS, OldLayout.CHAMPION, OldLock.FILE)) {
      delete(from.resolve(file));
    }
    delete(from);
  }

  private void delete(Path path) throws IOException {
    beforeStep.run();
    try {
      Files.deleteIfExists(path);
    } catch (DirectoryNotEmptyException e) {
      // Files that are not the store's are in it, so it stays.
    }
  }

  private static List<Path> children(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
  }
}
