package mlopsprimer.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Objects as files of a directory: the key {@code champions/SPY.json} is the file of that path.
 *
 * <p>A put writes a temporary file in the root, which is in the same file system, syncs it, renames
 * it, and syncs the directory. Puts and deletions hold a lock of the directory, so that nothing
 * changes between the comparison of a tag and the rename. Reads and listings need no lock and write
 * nothing: a user without the right to write can do them. {@link FileStamp} explains the tags.
 *
 * <p>A symbolic link below the root is no object: a listing leaves it out, and every other access
 * refuses it. The root itself may be a link. Files whose names start with a dot are no objects
 * either.
 */
public final class DirectoryStorage implements Storage {
  private static final String TEMPORARY = ".tmp-put";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int MOST_TRIES = 100;
  private static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final Path root;

  /**
   * @param root directory that the first put makes if there is none
   */
  public DirectoryStorage(Path root) {
    this.root = root.toString().isEmpty() ? Path.of(".") : root;
  }

  @Override
  public Optional<StoredObject> read(String key, long mostBytes) {
    Path file = file(key);
    try {
      // A tag never comes back, so two equal tags mean that one inode was there all the time.
      Optional<FileStamp> before = stamp(file);
      for (int tries = 0; before.isPresent(); tries++) {
        Optional<byte[]> bytes = content(file, before.get().size(), mostBytes);
        Optional<FileStamp> after = stamp(file);
        if (bytes.isPresent() && after.equals(before)) {
          return Optional.of(new StoredObject(bytes.get(), after.get().tag()));
        }
        if (tries == MOST_TRIES) {
          throw new StorageException(
              "cannot read: path=%s changes all the time; find the program that writes it"
                  .formatted(file));
        }
        before = after;
      }
      return Optional.empty();
    } catch (IOException e) {
      throw StorageException.of("read", file, e);
    }
  }

  private static Optional<byte[]> content(Path file, long size, long mostBytes) throws IOException {
    if (size > mostBytes) {
      throw new TooLargeException(file.toString(), size, mostBytes);
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes =
          in.readNBytes((int) Math.min(size + 1, LONGEST_ARRAY)); // the last one shows growth
      return bytes.length == size ? Optional.of(bytes) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> putIfAbsent(String key, byte[] bytes) {
    return put(key, bytes, Optional.empty());
  }

  @Override
  public Optional<String> putIfUnchanged(String key, byte[] bytes, String tag) {
    return put(key, bytes, Optional.of(tag));
  }

  /** Replaces the object if its tag is {@code expected}; empty means that there is no object. */
  private Optional<String> put(String key, byte[] bytes, Optional<String> expected) {
    Path file = file(key);
    try {
      DurableFile.ensureDirectory(root);
      try (DirectoryLock lock = DirectoryLock.acquire(root, PATIENCE)) {
        Optional<FileStamp> old = stamp(file);
        if (!old.map(FileStamp::tag).equals(expected)) {
          return Optional.empty();
        }
        if (old.isPresent()) {
          lock.awaitTickAfter(old.get().changed());
        }
        DurableFile.ensureDirectory(file.getParent());
        DurableFile.replace(file, bytes, root.resolve(TEMPORARY));
        return stamp(file).map(FileStamp::tag);
      }
    } catch (IOException e) {
      throw StorageException.of("write", file, e);
    }
  }

  @Override
  public List<Listed> list(String prefix) {
    Path directory = root.resolve(StorageKey.checkedPrefix(prefix));
    List<Listed> objects = new ArrayList<>();
    try {
      refuseLinks(directory);
      if (Files.isDirectory(directory)) {
        addObjects(directory, prefix, objects);
      }
    } catch (IOException e) {
      throw StorageException.of("list", directory, e);
    }
    objects.sort(Comparator.comparing(Listed::key));
    return List.copyOf(objects);
  }

  private static void addObjects(Path directory, String prefix, List<Listed> objects)
      throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String key = prefix + entry.getFileName();
        // An entry that is deleted meanwhile has no stamp.
        Optional<FileStamp> stamp = StorageKey.isOne(key) ? FileStamp.of(entry) : Optional.empty();
        if (stamp.isEmpty()) {
          continue;
        }
        switch (stamp.get().kind()) {
          case FILE -> objects.add(new Listed(key, stamp.get().tag(), stamp.get().size()));
          case DIRECTORY -> addObjects(entry, key + "/", objects);
          case OTHER -> {}
        }
      }
    } catch (NoSuchFileException e) {
      // The directory was deleted meanwhile.
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  @Override
  public void delete(String key) {
    Path file = file(key);
    try {
      if (stamp(file).isEmpty()) {
        return;
      }
      try (DirectoryLock lock = DirectoryLock.acquire(root, PATIENCE)) {
        Optional<FileStamp> old = stamp(file);
        if (old.isEmpty()) {
          return;
        }
        lock.awaitTickAfter(old.get().changed());
        Files.deleteIfExists(file);
        DurableFile.syncDirectory(file.getParent());
        deleteEmptyDirectories(file.getParent());
      }
    } catch (IOException e) {
      throw StorageException.of("delete", file, e);
    }
  }

  private void deleteEmptyDirectories(Path directory) throws IOException {
    try {
      for (Path each = directory; !each.equals(root); each = each.getParent()) {
        Files.delete(each);
      }
    } catch (DirectoryNotEmptyException e) {
      // Other objects are there, so this directory and those above it stay.
    }
  }

  @Override
  public String describe(String key) {
    return root.resolve(key).toString();
  }

  private Path file(String key) {
    return root.resolve(StorageKey.checked(key));
  }

  /** The stamp of an object; empty if there is no file or a directory. */
  private Optional<FileStamp> stamp(Path file) throws IOException {
    refuseLinks(file);
    return FileStamp.of(file).filter(stamp -> stamp.kind() != FileStamp.Kind.DIRECTORY);
  }

  /** Refuses a path on which a part below the root is a link or a device. */
  private void refuseLinks(Path path) throws IOException {
    for (Path each = path; !each.equals(root); each = each.getParent()) {
      Optional<FileStamp> stamp = FileStamp.of(each);
      if (stamp.isPresent() && stamp.get().kind() == FileStamp.Kind.OTHER) {
        throw new StorageException(
            "refused: path=%s is a link or a special file; put a regular file or directory in its place"
                .formatted(each));
      }
    }
  }

  @Override
  public void close() {
    // No file stays open between two calls.
  }
}
