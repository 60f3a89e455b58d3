package mlopsprimer.checks;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A small file system in memory. Only root can mount it, so tests that need one are skipped for
 * other users.
 */
final class Volume implements AutoCloseable {
  private final Path at;

  private Volume(Path at) {
    this.at = at;
  }

  static Volume mount(Path at, String options) throws IOException, InterruptedException {
    Files.createDirectories(at);
    assumeTrue(
        run("mount -t tmpfs -o " + options + " tmpfs " + at), "only root can mount a volume");
    return new Volume(at);
  }

  void remount(String options) throws IOException, InterruptedException {
    if (!run("mount -o remount," + options + " " + at)) {
      throw new IOException("cannot remount " + at);
    }
  }

  /** Writes a file that takes every free byte. */
  void fill() {
    byte[] page = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(page);
      }
    } catch (IOException e) {
      // No space is left on the device, so the volume is full.
    }
  }

  /** Deletes the file that {@link #fill} wrote. */
  void free() throws IOException {
    Files.delete(filler());
  }

  private Path filler() {
    return at.resolve("filler");
  }

  private static boolean run(String command) throws IOException, InterruptedException {
    try (Program program = Program.start(List.of(command.split(" ")))) {
      return program.exitCode(Duration.ofSeconds(10)) == 0;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (!run("umount " + at)) {
        throw new IOException("cannot unmount " + at);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
