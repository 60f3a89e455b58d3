package mlopsprimer.store;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import mlopsprimer.storage.Storage;
import mlopsprimer.storage.Storage.StoredObject;
import mlopsprimer.storage.StorageException;

/**
 * Changes an object so that no change of another writer is lost: it reads the object, computes the
 * new content, and writes it if the object is still the same. Otherwise it starts again.
 *
 * @param most largest size in bytes that the object may have
 */
record ObjectUpdate(Storage storage, String key, long most) {
  /**
   * Each attempt fails only if another writer succeeded, so this many mean that something loops.
   */
  static final int ATTEMPTS = 50;

  private static final int LONGEST_PAUSE_MILLIS = 200;

  /**
   * Changes the object.
   *
   * @param change gets the object, or nothing if there is none, and returns the new content, or
   *     nothing if the object shall stay as it is. It is called again after each conflict.
   * @throws StorageException if the storage fails, or if other writers changed the object between
   *     reading and writing {@link #ATTEMPTS} times
   */
  void apply(Function<Optional<StoredObject>, Optional<byte[]>> change) {
    byte[] tried = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<StoredObject> current = storage.read(key, most);
      if (tried != null && current.isPresent() && Arrays.equals(tried, current.get().bytes())) {
        return; // this content is there: the storage did not say that the last write succeeded
      }
      Optional<byte[]> next = change.apply(current);
      if (next.isEmpty() || put(current, next.get()).isPresent()) {
        return;
      }
      tried = next.get();
      pause(attempt);
    }
    throw new StorageException(
        "other runs kept changing an object: path=%s attempts=%d; try again when they have ended"
            .formatted(storage.describe(key), ATTEMPTS));
  }

  private Optional<String> put(Optional<StoredObject> current, byte[] bytes) {
    return current.isPresent()
        ? storage.putIfUnchanged(key, bytes, current.get().tag())
        : storage.putIfAbsent(key, bytes);
  }

  /** Waits for a random time, so that two writers do not meet again and again. */
  private void pause(int attempt) {
    int longest = Math.min(LONGEST_PAUSE_MILLIS, 5 << Math.min(attempt, 10));
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(longest) + 1L);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException(
          "interrupted while changing an object: path=" + storage.describe(key), e);
    }
  }
}
