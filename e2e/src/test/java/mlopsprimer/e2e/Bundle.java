package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.ROOT;

import java.nio.file.Files;

/**
 * The bundle that {@code make bundle} writes from the running cluster. All tests share one bundle.
 */
final class Bundle {
  private static final String DIRECTORY = "e2e/target/bundle";

  private Bundle() {}

  /**
   * Makes the bundle, unless an earlier test has made it.
   *
   * @return the bundle's directory, relative to the checkout's root
   */
  static String make() {
    if (!Files.exists(ROOT.resolve(DIRECTORY))) {
      Shell.succeed("make bundle OUT=" + DIRECTORY);
    }
    return DIRECTORY;
  }

  /** Replaces the bundle by the contents of another directory, if that directory exists. */
  static void take(String directory) {
    Shell.succeed(
        "[ ! -e %2$s ] || { rm -rf %1$s && mv %2$s %1$s; }".formatted(DIRECTORY, directory));
  }
}
