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
 * Gives Weka a temporary home directory. Weka creates directories for its packages when it is first
 * used, by default in the home directory of the user. The temporary directory is deleted when the
 * program ends.
 */
final class WekaHome {
  private static final String VARIABLE = "WEKA_HOME";

  private WekaHome() {}

  /**
   * Sets the home directory, unless WEKA_HOME is set. The program must call this method before it
   * uses a class of Weka.
   */
  static synchronized void setUp() {
    if (System.getenv(VARIABLE) != null || System.getProperty(VARIABLE) != null) {
      return;
    }
    try {
      Path home = Files.createTempDirectory("weka");
      System.setProperty(VARIABLE, home.toString());
      System.setProperty(
          "weka.packageManager.offline", "true"); // otherwise Weka starts TLS to look for packages
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(home)));
      loadWithoutItsWarning();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot create a temporary directory for Weka; mount a writable /tmp or set WEKA_HOME",
          e);
    }
  }

  /**
   * Loads Weka, and suppresses its warning on standard output. Weka warns that a library for linear
   * algebra is missing, which this program does not need.
   */
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
      // The program is ending. The operating system deletes old temporary files.
    }
  }
}
