package mlopsprimer.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import mlopsprimer.forest.CorruptModelException;
import mlopsprimer.json.Json;
import mlopsprimer.prices.DataSource;

/**
 * Writes the models of one ticker. At most one writer of a ticker is open at any time. If the
 * process is killed at any step, readers find the store as it was before that step.
 */
public final class StoreWriter implements AutoCloseable {
  private static final Duration RETRY = Duration.ofMillis(100);

  private final TickerStore store;
  private final FileChannel channel;
  private final FileLock lock;

  private StoreWriter(TickerStore store, FileChannel channel, FileLock lock) {
    this.store = store;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Opens a writer of the ticker. If another writer is open, this method waits until it is closed.
   *
   * @throws StorageException if another writer is still open after {@code patience}, or if the
   *     volume fails
   */
  public static StoreWriter lock(TickerStore store, Duration patience) {
    Path file = store.directory().resolve(".lock");
    try {
      DurableFiles.ensureDirectory(store.versionsDirectory());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        StoreWriter writer = new StoreWriter(store, channel, await(channel, file, patience));
        DurableFiles.removeLeftovers(store.directory());
        DurableFiles.removeLeftovers(store.versionsDirectory());
        return writer;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw StorageException.of("lock the store", file, e);
    }
  }

  private static FileLock await(FileChannel channel, Path file, Duration patience)
      throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<FileLock> lock = tryLock(channel);
      if (lock.isPresent()) {
        return lock.get();
      }
      if (System.nanoTime() > deadline) {
        throw new StorageException(
            "another run is writing to the store: path=%s waited=%s; try again when that run has ended"
                .formatted(file, patience));
      }
      try {
        Thread.sleep(RETRY.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StorageException(
            "interrupted while waiting for another run to finish writing: path=" + file, e);
      }
    }
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty(); // another thread of this process holds the lock
    }
  }

  /**
   * Stores a version, unless an intact version with the same bytes is stored already.
   *
   * @param modelBin content of model.bin, whose size and SHA-256 are in the manifest
   * @return id of the stored version
   */
  public String store(byte[] modelBin, Manifest manifest, List<OutOfFold> outOfFold) {
    return sameBytes(manifest.sha256())
        .orElseGet(
            () -> {
              String version = VersionId.of(manifest.trainedAt(), manifest.sha256());
              Map<String, byte[]> files = new LinkedHashMap<>();
              files.put(TickerStore.MODEL, modelBin);
              files.put(TickerStore.OUT_OF_FOLD, OutOfFold.toCsv(outOfFold));
              files.put(TickerStore.MANIFEST, Json.document(manifest));
              Path directory = store.versionDirectory(version);
              try {
                DurableFiles.createDirectory(directory, files);
              } catch (IOException e) {
                throw StorageException.of("store a version", directory, e);
              }
              return version;
            });
  }

  private Optional<String> sameBytes(String sha256) {
    return store.versions().stream()
        .filter(version -> VersionId.names(version, sha256))
        .filter(this::isIntact)
        .findFirst();
  }

  private boolean isIntact(String version) {
    try {
      store.load(version);
      store.outOfFold(version);
      return true;
    } catch (CorruptModelException e) {
      return false;
    }
  }

  /**
   * Makes a version the champion. The version is first read back from the volume and checked.
   *
   * @throws CorruptModelException if the stored version is missing, altered or unreadable
   */
  public Champion promote(String version, String reason, Instant now) {
    ModelVersion loaded = store.load(version);
    Champion champion =
        new Champion(version, loaded.manifest().sha256(), previous(version), now, reason);
    replace(store.championFile(), champion);
    return champion;
  }

  /**
   * Version that was the champion before {@code version}; null if there is none, or if the champion
   * pointer cannot be read. If {@code version} is the champion already, its own predecessor.
   */
  private String previous(String version) {
    try {
      return store
          .champion()
          .map(old -> old.version().equals(version) ? old.previous() : old.version())
          .orElse(null);
    } catch (UnreadableFileException e) {
      return null;
    }
  }

  /**
   * Stores a row as the newest of its schema, unless a newer row is stored already. Stored rows
   * that cannot be read are replaced, because a training run can compute them again at any time.
   */
  public void offerLatest(LatestFeatures.SourcedRow row) {
    replace(store.latestFile(), readableLatest().with(row));
  }

  private LatestFeatures readableLatest() {
    try {
      return store.latest();
    } catch (UnreadableFileException e) {
      return LatestFeatures.NONE;
    }
  }

  /**
   * Appends the champion's forecast for the newest feature row to the prediction log. Nothing is
   * appended if there is no champion, or no row of its schema.
   *
   * @throws CorruptModelException if the champion is missing, altered or unreadable
   */
  public void logServed(Instant now) {
    store
        .champion()
        .map(champion -> store.load(champion.version()))
        .flatMap(
            served ->
                readableLatest()
                    .ofSchema(served.model().schemaId())
                    .map(row -> Forecast.of(served, row)))
        .ifPresent(
            forecast -> store.predictions().append(PredictionLog.LoggedForecast.of(forecast, now)));
  }

  /** Replaces the scores of the forecasts that came due. */
  public void replaceRealised(RealisedScores scores) {
    replace(store.realisedFile(), scores);
  }

  /**
   * Appends each known outcome that the prediction log does not have yet, or has otherwise.
   *
   * @param wentUp whether the session after a given day closed higher; empty if the direction is
   *     not known
   */
  public void appendOutcomes(DataSource dataSource, Function<LocalDate, Optional<Boolean>> wentUp) {
    store.predictions().appendOutcomes(dataSource, wentUp);
  }

  /**
   * Deletes all versions except the {@code keep} newest, the champion and the previous champion.
   *
   * @return ids of the deleted versions
   */
  public List<String> prune(int keep) {
    Set<String> needed = new HashSet<>();
    store
        .champion()
        .ifPresent(
            champion -> {
              needed.add(champion.version());
              needed.add(champion.previous());
            });
    List<String> pruned =
        store.versions().stream().skip(keep).filter(version -> !needed.contains(version)).toList();
    for (String version : pruned) {
      Path directory = store.versionDirectory(version);
      try {
        // The rename comes first, so that a reader finds the whole version or no version.
        Path doomed = directory.resolveSibling(DurableFiles.TEMPORARY + version);
        Files.move(directory, doomed);
        DurableFiles.delete(doomed);
      } catch (IOException e) {
        throw StorageException.of("prune a version", directory, e);
      }
    }
    return pruned;
  }

  private static void replace(Path file, Object value) {
    try {
      DurableFiles.replace(file, Json.document(value));
    } catch (IOException e) {
      throw StorageException.of("replace", file, e);
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw StorageException.of("unlock the store", store.directory(), e);
    }
  }
}
