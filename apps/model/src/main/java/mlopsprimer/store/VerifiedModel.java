package mlopsprimer.store;

import mlopsprimer.contract.Sha256;
import mlopsprimer.forest.CorruptModelException;
import mlopsprimer.storage.Storage;
import mlopsprimer.storage.Storage.StoredObject;
import mlopsprimer.storage.TooLargeException;

/** An object whose size and SHA-256 are in a manifest: a model.bin or a model.onnx. */
record VerifiedModel(Storage storage, String key) {

  /**
   * Reads the object.
   *
   * @param expected size in bytes
   * @param sha256 expected SHA-256, in hex
   * @param most size from which on the object is not read, whatever the manifest says
   * @throws CorruptModelException if the object is missing, larger than {@code most}, or has other
   *     bytes
   */
  byte[] read(long expected, String sha256, long most) {
    byte[] bytes = read(expected, most);
    if (bytes.length != expected) {
      throw altered(bytes.length, expected);
    }
    String actual = Sha256.hex(bytes);
    if (!actual.equals(sha256)) {
      throw altered(actual, sha256);
    }
    return bytes;
  }

  private byte[] read(long expected, long most) {
    try {
      return storage
          .read(key, Math.max(0, Math.min(expected, most)))
          .map(StoredObject::bytes)
          .orElseThrow(
              () ->
                  new CorruptModelException(
                      "missing model: path=%s; train again".formatted(storage.describe(key))));
    } catch (TooLargeException e) {
      if (e.bytes() > most) {
        throw new CorruptModelException(
            "model too large: path=%s bytes=%d most=%d; roll back to another version or train a smaller forest"
                .formatted(storage.describe(key), e.bytes(), most));
      }
      throw altered(e.bytes(), expected);
    }
  }

  private CorruptModelException altered(long bytes, long expected) {
    return new CorruptModelException(
        "altered model: path=%s bytes=%d expected=%d; roll back to another version or train again"
            .formatted(storage.describe(key), bytes, expected));
  }

  CorruptModelException altered(String sha256, String expected) {
    return new CorruptModelException(
        "altered model: path=%s sha256=%s expected=%s; roll back to another version or train again"
            .formatted(storage.describe(key), sha256, expected));
  }
}
