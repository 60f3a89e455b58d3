package mlopsprimer.trainer.weka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Keeps Weka from writing files. When Weka is first used, it creates directories for its packages,
 * by default in the home directory of the user. This program uses no package of Weka, and Weka
 * works without the directories, so Weka gets a home directory that cannot be created. A temporary
 * directory would stay behind whenever the program is killed, or ends while Weka still starts.
 */
final class WekaHome {
  private static final String VARIABLE = "WEKA_HOME";

  /** Path below a file, where nobody can create a directory. */
  private static final String NOWHERE = "/dev/null/weka";

  private WekaHome() {}

  /**
   * Sets the home directory, unless WEKA_HOME is set, and loads Weka. The program must call this
   * method before it uses a class of Weka.
   */
  static synchronized void setUp() {
    if (System.getenv(VARIABLE) != null || System.getProperty(VARIABLE) != null) {
      return;
    }
    System.setProperty(VARIABLE, NOWHERE);
    System.setProperty(
        "weka.packageManager.offline", "true"); // otherwise Weka starts TLS to look for packages
    loadWithoutItsWarnings();
  }

  /**
   * Loads Weka, and suppresses what it prints meanwhile. Weka warns on standard output that a
   * library for linear algebra is missing, which this program does not need, and on standard error
   * that its directories are missing. Other threads print as before.
   */
  private static void loadWithoutItsWarnings() {
    PrintStream out = System.out;
    PrintStream err = System.err;
    System.setOut(withoutThisThread(out));
    System.setErr(withoutThisThread(err));
    try {
      Class.forName("weka.core.WekaPackageManager");
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("Weka does not start: " + e.getMessage(), e);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /** A stream that drops what the calling thread prints, and passes on what other threads print. */
  private static PrintStream withoutThisThread(PrintStream destination) {
    Thread silent = Thread.currentThread();
    OutputStream others =
        new FilterOutputStream(destination) {
          @Override
          public void write(int character) throws IOException {
            write(new byte[] {(byte) character}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            if (Thread.currentThread() != silent) {
              destination.write(bytes, from, length);
            }
          }
        };
    return new PrintStream(others, true, UTF_8);
  }
}
