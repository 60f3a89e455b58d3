package mlopsprimer.store;

import java.nio.file.Path;

/** A file of the store exists, but does not have the form that the store writes. */
public class UnreadableFileException extends StorageException {
  private static final long serialVersionUID = 1L;

  UnreadableFileException(Path file, RuntimeException cause) {
    super(
        "unreadable file: path=%s cause=%s; restore the file, or delete it and train again"
            .formatted(file, cause.getMessage()),
        cause);
  }
}
