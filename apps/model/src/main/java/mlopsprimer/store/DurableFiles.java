package mlopsprimer.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Replaces files and creates directories atomically: even after a power failure, a file has either
 * the old or the new content. The content goes to a temporary file in the same directory, followed
 * by fsync, rename, and fsync of the directory. {@link #appendLine} writes in place.
 */
final class DurableFiles {
  /** Prefix of temporary names. A writer that was killed leaves such files. */
  static final String TEMPORARY = ".tmp-";

  private DurableFiles() {}

  /** Replaces {@code file}. A reader sees either the old or the new content. */
  static void replace(Path file, byte[] bytes) throws IOException {
    Path temporary = file.resolveSibling(TEMPORARY + file.getFileName());
    writeAndSync(temporary, bytes);
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncDirectory(file.getParent());
  }

  /** Creates a directory with these files. A reader sees all of them or none. */
  static void createDirectory(Path directory, Map<String, byte[]> files) throws IOException {
    Path temporary = directory.resolveSibling(TEMPORARY + directory.getFileName());
    Files.createDirectory(temporary);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      writeAndSync(temporary.resolve(file.getKey()), file.getValue());
    }
    syncDirectory(temporary);
    Files.move(temporary, directory, StandardCopyOption.ATOMIC_MOVE);
    syncDirectory(directory.getParent());
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

  /**
   * Appends a line. If a killed writer left an incomplete last line, this method first ends that
   * line.
   */
  static void appendLine(Path file, byte[] line) throws IOException {
    boolean isNew = !Files.exists(file);
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = channel.size();
      ByteBuffer last = ByteBuffer.allocate(1);
      boolean torn = end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
      ByteBuffer bytes = ByteBuffer.allocate(line.length + 2);
      if (torn) {
        bytes.put((byte) '\n');
      }
      bytes.put(line).put((byte) '\n').flip();
      for (long at = end; bytes.hasRemaining(); ) {
        at += channel.write(bytes, at);
      }
      channel.force(true);
    }
    if (isNew) {
      syncDirectory(file.toAbsolutePath().getParent());
    }
  }

  /** Deletes the temporary files that killed writers left in {@code directory}. */
  static void removeLeftovers(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(directory, TEMPORARY + "*")) {
      for (Path leftover : leftovers) {
        delete(leftover);
      }
    }
  }

  /** Deletes a file, or a directory and its content. */
  static void delete(Path path) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> tree = Files.walk(path)) {
      deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path each : deepestFirst) {
      Files.deleteIfExists(each);
    }
  }

  private static void writeAndSync(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer remaining = ByteBuffer.wrap(bytes);
      while (remaining.hasRemaining()) {
        channel.write(remaining);
      }
      channel.force(true);
    }
  }

  private static void syncDirectory(Path directory) throws IOException {
    if (System.getProperty("os.name").startsWith("Windows")) {
      return; // Windows cannot sync a directory; NTFS keeps a journal of its metadata.
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
