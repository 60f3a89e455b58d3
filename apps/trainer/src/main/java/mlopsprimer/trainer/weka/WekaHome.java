package mlopsprimer.trainer.weka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Weka makes directories for its packages when it is first used, in the user's home unless told
 * otherwise. Here it makes them in a temporary directory that goes with the program.
 */
final class WekaHome {
  private static final String VARIABLE = "WEKA_HOME";

  private WekaHome() {}

  /** To be called before any class of Weka is touched; a WEKA_HOME of the user's own is kept. */
  static synchronized void setUp() {
    if (System.getenv(VARIABLE) != null || System.getProperty(VARIABLE) != null) {
      return;
    }
    try {
      Path home = Files.createTempDirectory("weka");
      System.setProperty(VARIABLE, home.toString());
      System.setProperty(
          "weka.packageManager.offline", "true"); // it would set TLS up to look around
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(home)));
      loadWithoutItsWarning();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "no temporary directory for Weka; mount a writable /tmp or set WEKA_HOME", e);
    }
  }

  /** Weka complains on standard output that the linear algebra we left out is not there. */
  private static void loadWithoutItsWarning() {
    PrintStream out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    try {
      Class.forName("weka.core.WekaPackageManager");
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("Weka does not start: " + e.getMessage(), e);
    } finally {
      System.setOut(out);
    }
  }

  private static void delete(Path home) {
    try (Stream<Path> tree = Files.walk(home)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // The program ends anyway; the operating system clears its temporary files.
    }
  }
}
