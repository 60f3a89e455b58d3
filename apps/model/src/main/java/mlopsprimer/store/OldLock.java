package mlopsprimer.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import mlopsprimer.storage.StorageException;

/**
 * The lock that a writer of the older layout holds. While it is held, no program of an older
 * version writes to the ticker.
 *
 * @param channel null if there was nothing to lock, because another run has moved the ticker
 */
record OldLock(FileChannel channel) implements AutoCloseable {
  static final String FILE = ".lock";
  private static final Duration RETRY = Duration.ofMillis(100);

  /**
   * Waits for the lock.
   *
   * @throws StorageException if another program holds it for longer than {@code patience}
   */
  static OldLock acquire(Path directory, Duration patience) throws IOException {
    Path file = directory.resolve(FILE);
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      return new OldLock(null);
    }
    try {
      long deadline = System.nanoTime() + patience.toNanos();
      while (!tryLock(channel)) {
        if (System.nanoTime() > deadline) {
          throw new StorageException(
              "an older version of the trainer is writing to the store: path=%s waited=%s; try again when it has ended"
                  .formatted(file, patience));
        }
        Thread.sleep(RETRY.toMillis());
      }
      return new OldLock(channel);
    } catch (InterruptedException e) {
      channel.close();
      Thread.currentThread().interrupt();
      throw new StorageException("interrupted while waiting for another run: path=" + file, e);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // another thread of this process holds the lock
    }
  }

  boolean isHeld() {
    return channel != null;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close(); // releases the lock
    }
  }
}
