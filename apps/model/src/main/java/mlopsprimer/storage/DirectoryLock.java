package mlopsprimer.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock that a writer of a directory holds from its look at an object until the object is
 * replaced. A file lock keeps out other processes. A lock of this process keeps out its other
 * threads, for which a file lock does not count. The system releases the lock of a killed process.
 */
final class DirectoryLock implements AutoCloseable {
  private static final String NAME = ".lock";
  private static final Duration RETRY = Duration.ofMillis(5);
  private static final Duration LONGEST_TICK = Duration.ofSeconds(3);

  /** For every directory, because a process has one store. */
  private static final ReentrantLock OF_PROCESS = new ReentrantLock();

  private final Path file;
  private final FileChannel channel;

  private DirectoryLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Waits for the lock.
   *
   * @param directory exists
   * @throws StorageException if another writer holds the lock for longer than {@code patience}
   */
  static DirectoryLock acquire(Path directory, Duration patience) throws IOException {
    Path file = directory.resolve(NAME);
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      if (!OF_PROCESS.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw busy(file, patience);
      }
    } catch (InterruptedException e) {
      throw interrupted(file, e);
    }
    try {
      return new DirectoryLock(file, locked(file, deadline, patience));
    } catch (IOException | RuntimeException e) {
      OF_PROCESS.unlock();
      throw e;
    }
  }

  private static FileChannel locked(Path file, long deadline, Duration patience)
      throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    try {
      while (tryLock(channel).isEmpty()) {
        if (System.nanoTime() > deadline) {
          throw busy(file, patience);
        }
        pause(file);
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty(); // other code of this process holds the lock
    }
  }

  /**
   * Returns when a file that is written now gets another ctime than {@code past}. That takes some
   * milliseconds at most, unless the file system's times are coarse.
   */
  void awaitTickAfter(FileTime past) throws IOException {
    long deadline = System.nanoTime() + LONGEST_TICK.toNanos();
    while (FileStamp.HAS_CTIME) {
      // The write sets the ctime of the lock's file to now. It goes through the lock's own channel:
      // POSIX releases the lock as soon as the process closes any other channel of the file.
      channel.write(ByteBuffer.wrap(new byte[1]), 0);
      Optional<FileStamp> now = FileStamp.of(file);
      if (now.isEmpty() || !now.get().changed().equals(past) || System.nanoTime() > deadline) {
        return;
      }
      pause(file);
    }
  }

  private static void pause(Path file) {
    try {
      Thread.sleep(RETRY.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(file, e);
    }
  }

  private static StorageException busy(Path file, Duration patience) {
    return new StorageException(
        "another run is writing to the store: path=%s waited=%s; try again when that run has ended"
            .formatted(file, patience));
  }

  private static StorageException interrupted(Path file, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StorageException(
        "interrupted while waiting for another run to finish writing: path=" + file, e);
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close(); // releases the file lock
    } finally {
      OF_PROCESS.unlock();
    }
  }
}
