package mlopsprimer.storage;

import java.io.IOException;
import java.nio.file.Path;

/** The model store cannot be read or written. */
public class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StorageException(String message) {
    super(message);
  }

  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Describes an I/O failure at {@code path}. The message names the free space of the volume. */
  public static StorageException of(String failed, Path path, IOException cause) {
    return new StorageException(
        "cannot %s: path=%s free=%s cause=%s; check that the volume is mounted, writable and not full"
            .formatted(failed, path, freeSpace(path), cause),
        cause);
  }

  private static String freeSpace(Path path) {
    for (Path place = path.toAbsolutePath(); place != null; place = place.getParent()) {
      if (place.toFile().exists()) {
        return place.toFile().getUsableSpace() + " bytes";
      }
    }
    return "unknown";
  }
}
