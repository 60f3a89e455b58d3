package mlopsprimer.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Writes the durations of a run's phases to e2e/target/phases.txt. {@code make e2e} prints that
 * file.
 */
final class Phases {
  private static final Path REPORT = Shell.ROOT.resolve("e2e/target/phases.txt");

  private Phases() {}

  /** Runs the work and records its duration. */
  static <T> T time(String phase, Supplier<T> work) {
    long start = System.nanoTime();
    T result = work.get();
    double seconds = (System.nanoTime() - start) / 1e9;
    try {
      Files.writeString(
          REPORT,
          String.format(Locale.ROOT, "%7.1f s  %s%n", seconds, phase),
          UTF_8,
          CREATE,
          APPEND);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return result;
  }
}
