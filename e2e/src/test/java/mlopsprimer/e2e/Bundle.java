package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.ROOT;

import java.nio.file.Files;

/** What {@code make bundle} makes of the running cluster, once for all tests that need one. */
final class Bundle {
  private static final String PLACE = "e2e/target/bundle";

  private Bundle() {}

  /**
   * @return its directory, from the checkout's root
   */
  static String made() {
    if (!Files.exists(ROOT.resolve(PLACE))) {
      Shell.succeed("make bundle OUT=" + PLACE);
    }
    return PLACE;
  }

  /** Takes one that was made elsewhere, if it was. */
  static void take(String directory) {
    Shell.succeed("[ ! -e %2$s ] || { rm -rf %1$s && mv %2$s %1$s; }".formatted(PLACE, directory));
  }
}
