package mlopsprimer.nodeprovider.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import mlopsprimer.nodeprovider.rpc.Elapsed;
import mlopsprimer.nodeprovider.rpc.Log;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/**
 * Builds modules of one checkout with Maven, in a build directory of its own. While an object of
 * this class is open, no other process builds images of the same checkout, because two builds would
 * write to the same directories.
 */
final class MavenBuild implements AutoCloseable {
  /**
   * The build directory in each module. Another Maven, such as that of an IDE or of {@code make
   * demo}, writes to the module's directory target, but not to this directory in it.
   */
  static final String DIRECTORY = "target/for-images";

  private static final int SIGINT = 2;
  private static final int SIGTERM = 15;

  /** Lock among the threads of this process. A lock of a file is a lock among processes. */
  private static final ReentrantLock THREADS = new ReentrantLock();

  private final Path checkout;
  private final FileChannel file;

  private MavenBuild(Path checkout, FileChannel file) {
    this.checkout = checkout;
    this.file = file;
  }

  /** Waits until no other build of images runs in the checkout. */
  static MavenBuild alone(Path checkout, Log log) throws IOException, InterruptedException {
    THREADS.lockInterruptibly();
    FileChannel file = null;
    try {
      Path lock = Files.createDirectories(checkout.resolve("target")).resolve("images.lock");
      file = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (file.tryLock() == null) {
        log.info("waiting for another process that builds images in this checkout");
        file.lock(); // the end of the other process releases its lock, too
      }
      return new MavenBuild(checkout, file);
    } catch (IOException e) {
      if (file != null) {
        file.close();
      }
      THREADS.unlock();
      if (e instanceof FileLockInterruptionException) {
        throw new InterruptedException("interrupted while another build ran");
      }
      throw e;
    }
  }

  /** Lets other builds of images run. */
  @Override
  public void close() throws IOException {
    try {
      file.close();
    } finally {
      THREADS.unlock();
    }
  }

  /**
   * Packages the module and the modules that it needs without their tests.
   *
   * @throws ResourceException if the module does not build; the message has Maven's errors
   * @throws InterruptedException if a signal ended Maven
   */
  void run(String module, Log log) throws IOException, InterruptedException, ResourceException {
    List<String> shown =
        List.of(
            "mvn",
            "--batch-mode",
            "--quiet",
            "-Dstyle.color=never",
            "package",
            "-Dmaven.test.skip=true",
            "-DbuildDirectory=" + DIRECTORY,
            "--projects",
            module,
            "--also-make");
    List<String> command = new ArrayList<>(shown);
    String options = System.getenv("MAVEN_ARGS");
    if (options != null && !options.isBlank()) {
      command.addAll(List.of(options.strip().split("\\s+"))); // never shown: may have a password
    }
    Path output = Files.createTempFile("maven", ".log");
    try {
      long start = System.nanoTime();
      Process maven =
          new ProcessBuilder(command)
              .directory(checkout.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      int exit;
      try {
        exit = maven.waitFor();
      } catch (InterruptedException e) {
        maven.descendants().forEach(ProcessHandle::destroy);
        maven.destroy();
        throw e;
      }
      if (exit == 128 + SIGTERM || exit == 128 + SIGINT) {
        throw new InterruptedException("a signal ended Maven");
      }
      if (exit != 0) {
        throw new ResourceException(
            "%s does not build: correct its sources, then run 'pulumi up' again. '%s' in %s printed:%n%s"
                .formatted(module, String.join(" ", shown), checkout, errorsIn(output)));
      }
      log.info("Maven built %s in %s".formatted(module, Elapsed.since(start)));
    } finally {
      Files.delete(output);
    }
  }

  private static String errorsIn(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    List<String> errors = lines.stream().filter(line -> line.contains("ERROR")).limit(8).toList();
    List<String> last = lines.subList(Math.max(0, lines.size() - 8), lines.size());
    return String.join("\n", errors.isEmpty() ? last : errors);
  }
}
