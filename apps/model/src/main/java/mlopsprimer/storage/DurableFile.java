package mlopsprimer.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Replaces a file atomically: even after a power failure, it has either the old or the new content.
 * The content goes to a temporary file, followed by fsync, rename, and fsync of the directory.
 */
final class DurableFile {
  private DurableFile() {}

  /**
   * Replaces {@code file}, which becomes a new inode.
   *
   * @param temporary path in the same file system; a file there is what a killed writer left, and
   *     is deleted
   */
  static void replace(Path file, byte[] bytes, Path temporary) throws IOException {
    Files.deleteIfExists(temporary);
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer remaining = ByteBuffer.wrap(bytes);
      while (remaining.hasRemaining()) {
        channel.write(remaining);
      }
      channel.force(true);
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncDirectory(file.getParent());
  }

  /** Creates a directory and its missing parents durably. */
  static void ensureDirectory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      ensureDirectory(parent);
    }
    Files.createDirectories(directory);
    syncDirectory(parent);
  }

  static void syncDirectory(Path directory) throws IOException {
    if (System.getProperty("os.name").startsWith("Windows")) {
      return; // Windows cannot sync a directory; NTFS keeps a journal of its metadata.
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
