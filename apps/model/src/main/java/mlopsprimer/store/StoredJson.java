package mlopsprimer.store;

import com.google.gson.JsonParseException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import mlopsprimer.json.Json;
import mlopsprimer.storage.Storage;
import mlopsprimer.storage.Storage.StoredObject;
import mlopsprimer.storage.StorageException;
import mlopsprimer.storage.TooLargeException;

/**
 * An object that holds JSON of one type.
 *
 * @param type record that the JSON is read as
 */
record StoredJson<T>(Storage storage, String key, Class<T> type) {
  /** Largest size in bytes. The store's own objects have at most a few tens of kilobytes. */
  static final long LARGEST = 1L << 20;

  /**
   * Reads the object; the result is empty if there is none.
   *
   * @throws UnreadableObjectException if the object does not have the form that the store writes
   * @throws StorageException if the storage fails
   */
  Optional<T> read() {
    try {
      return storage.read(key, LARGEST).map(this::parse);
    } catch (TooLargeException e) {
      throw new UnreadableObjectException(storage.describe(key), e);
    }
  }

  /**
   * Parses what was read.
   *
   * @throws UnreadableObjectException if it does not have the form that the store writes
   */
  T parse(StoredObject object) {
    try {
      return Json.read(new String(object.bytes(), StandardCharsets.UTF_8), type);
    } catch (JsonParseException e) {
      throw new UnreadableObjectException(storage.describe(key), e);
    }
  }
}
