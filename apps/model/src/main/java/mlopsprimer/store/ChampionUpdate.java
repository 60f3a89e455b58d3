package mlopsprimer.store;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import mlopsprimer.forest.CorruptModelException;
import mlopsprimer.json.Json;
import mlopsprimer.storage.Storage;
import mlopsprimer.storage.Storage.StoredObject;
import mlopsprimer.storage.StorageException;

/** Replaces the champion pointer of a ticker, if it has not changed since a writer read it. */
record ChampionUpdate(TickerStore store) {

  /**
   * Makes a version the champion, if the pointer is still the one that was seen.
   *
   * @return the new champion; empty if the pointer has changed
   * @throws CorruptModelException if the stored version is missing, altered or unreadable
   */
  Optional<Champion> promote(String version, String reason, Instant now, ChampionPointer seen) {
    Champion champion =
        new Champion(
            version, store.load(version).manifest().sha256(), previous(version, seen), now, reason);
    return point(champion, seen) ? Optional.of(champion) : Optional.empty();
  }

  /** Makes a version the champion, whichever version is the champion now. */
  Champion promote(String version, String reason, Instant now) {
    for (int attempt = 0; attempt < ObjectUpdate.ATTEMPTS; attempt++) {
      Optional<Champion> promoted = promote(version, reason, now, store.pointer());
      if (promoted.isPresent()) {
        return promoted.get();
      }
    }
    throw new StorageException(
        "other runs kept changing the champion: path=%s attempts=%d; try again when they have ended"
            .formatted(store.storage().describe(key()), ObjectUpdate.ATTEMPTS));
  }

  /**
   * Version that was the champion before {@code version}; null if there is none, or if the champion
   * pointer cannot be read. If {@code version} is the champion already, its own predecessor.
   */
  private static String previous(String version, ChampionPointer seen) {
    return seen.readable()
        .map(old -> old.version().equals(version) ? old.previous() : old.version())
        .orElse(null);
  }

  /**
   * Writes a pointer as it is, if it has not changed since it was seen. Returns whether it was
   * written.
   */
  boolean point(Champion champion, ChampionPointer seen) {
    Optional<String> tag = put(seen, Json.document(champion));
    tag.ifPresent(written -> requireStored(champion, written, seen));
    return tag.isPresent();
  }

  private Optional<String> put(ChampionPointer seen, byte[] bytes) {
    Storage storage = store.storage();
    if (seen.isAbsent()) {
      return storage.putIfAbsent(key(), bytes).or(() -> tagOf(bytes));
    }
    if (seen.tag() == null) {
      seen.champion(); // throws the problem of a pointer that is too large to be read
    }
    return storage.putIfUnchanged(key(), bytes, seen.tag()).or(() -> tagOf(bytes));
  }

  /** A storage may report a conflict although it wrote. Then the pointer has these bytes. */
  private Optional<String> tagOf(byte[] bytes) {
    return store
        .storage()
        .read(key(), StoredJson.LARGEST)
        .filter(stored -> Arrays.equals(stored.bytes(), bytes))
        .map(StoredObject::tag);
  }

  /**
   * Checks that no other writer pruned the version while it became the champion. {@link Pruning}
   * looks at the champion again after it has deleted a manifest, so one of the two notices the
   * other.
   */
  private void requireStored(Champion champion, String tag, ChampionPointer seen) {
    try {
      store.manifest(champion.version());
    } catch (CorruptModelException e) {
      seen.readable()
          .ifPresent(old -> store.storage().putIfUnchanged(key(), Json.document(old), tag));
      throw e;
    }
  }

  private String key() {
    return store.keys().champion();
  }
}
