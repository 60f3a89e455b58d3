package mlopsprimer.storage;

import java.util.List;
import java.util.Optional;

/**
 * Named objects with tags. A put replaces an object as a whole: a reader sees the old bytes or the
 * new ones, and after a put has returned, every later read and listing of any process sees the new
 * ones.
 *
 * <p>A key is a path of one or more segments with {@code /} between them, such as {@code
 * champions/%5EGSPC.json}. A segment consists of ASCII letters, digits and {@code . _ % -}, and
 * does not start with a dot.
 *
 * <p>A tag is an opaque text that stands for the bytes of an object: two puts of different bytes
 * give different tags. A put of the same bytes may give the same tag again. A tag has a meaning for
 * one storage only.
 *
 * <p>A put whose answer was lost is tried again, and the object is then compared with the bytes. If
 * another writer has replaced the object in between, the put is reported as a conflict although it
 * happened. So a caller that finds a conflict reads the object and judges what it has read.
 *
 * <p>Every method throws {@link StorageException} if the storage cannot be used, and {@link
 * IllegalArgumentException} for a key that does not have the form above. The methods may be called
 * by several threads.
 */
public interface Storage extends AutoCloseable {

  /**
   * An object that was read.
   *
   * @param bytes not copied, because a model has megabytes; the storage does not keep them
   * @param tag tag of these bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // nothing compares two of these
  record StoredObject(byte[] bytes, String tag) {}

  /**
   * An object in a listing.
   *
   * @param tag the tag that a read of the object returns, if the object has not changed since
   * @param size number of bytes
   */
  record Listed(String key, String tag, long size) {}

  /**
   * Reads an object; the result is empty if there is none.
   *
   * @param mostBytes largest size that the caller accepts
   * @throws TooLargeException if the object is larger; nothing of it stays in memory
   */
  Optional<StoredObject> read(String key, long mostBytes);

  /**
   * Writes an object if there is none of this key.
   *
   * @return the new tag; empty if an object of this key exists, which is left as it is
   */
  Optional<String> putIfAbsent(String key, byte[] bytes);

  /**
   * Replaces an object if it still has the tag (compare-and-swap).
   *
   * @return the new tag; empty if the object has another tag or does not exist, and then nothing is
   *     written
   */
  Optional<String> putIfUnchanged(String key, byte[] bytes, String tag);

  /**
   * Lists the objects whose keys start with {@code prefix}, which ends with {@code /}, in the order
   * of their keys.
   */
  List<Listed> list(String prefix);

  /** Deletes an object. It is no error if there is none. */
  void delete(String key);

  /** Where the object is, as a message names it: a path, or {@code s3://bucket/prefix/key}. */
  String describe(String key);

  /** Closes connections. Objects stay as they are. */
  @Override
  void close();
}
