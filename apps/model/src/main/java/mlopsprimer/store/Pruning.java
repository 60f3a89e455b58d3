package mlopsprimer.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mlopsprimer.storage.Storage;
import mlopsprimer.storage.Storage.StoredObject;

/**
 * Deletes old versions while other writers may write. The manifest goes first, so that a reader
 * finds the version or none; a reader that has read the manifest before finds no model, and reads
 * again. Then the champion is read once more: if another writer has made the version the champion
 * meanwhile, the manifest is written back.
 */
record Pruning(TickerStore store) {
  /** Age at which a version without a manifest counts as left by a killed writer. */
  private static final Duration UNFINISHED = Duration.ofDays(1);

  List<String> prune(int keep, Instant runStarted, Instant now) {
    List<VersionObjects> listed = VersionObjects.of(store.storage(), store.keys());
    Set<String> needed = needed();
    listed.stream()
        .filter(version -> !version.isComplete() && !needed.contains(version.version()))
        .filter(version -> VersionId.timeOf(version.version()).isBefore(now.minus(UNFINISHED)))
        .forEach(this::deleteObjects);
    List<String> pruned = new ArrayList<>();
    listed.stream()
        .filter(VersionObjects::isComplete)
        .skip(keep)
        .filter(version -> !needed.contains(version.version()))
        .filter(version -> !VersionId.timeOf(version.version()).isAfter(runStarted))
        .filter(this::delete)
        .forEach(version -> pruned.add(version.version()));
    return pruned;
  }

  /** The champion and its predecessor. An unreadable pointer stops the pruning. */
  private Set<String> needed() {
    Set<String> needed = new HashSet<>();
    store
        .champion()
        .ifPresent(
            champion -> {
              needed.add(champion.version());
              needed.add(champion.previous());
            });
    return needed;
  }

  private boolean delete(VersionObjects version) {
    Storage storage = store.storage();
    String manifest = store.keys().manifest(version.version());
    Optional<StoredObject> before = storage.read(manifest, StoredJson.LARGEST);
    if (before.isEmpty()) {
      return false; // another writer prunes it
    }
    storage.delete(manifest);
    boolean isNeeded = true;
    try {
      isNeeded = needed().contains(version.version());
    } finally { // also if the champion cannot be read: it may be this version
      if (isNeeded) {
        storage.putIfAbsent(manifest, before.get().bytes());
      }
    }
    if (!isNeeded) {
      deleteObjects(version);
    }
    return !isNeeded;
  }

  private void deleteObjects(VersionObjects version) {
    String prefix = store.keys().version(version.version());
    version.names().stream()
        .filter(name -> !name.equals(ObjectKeys.MANIFEST))
        .forEach(name -> store.storage().delete(prefix + name));
  }
}
