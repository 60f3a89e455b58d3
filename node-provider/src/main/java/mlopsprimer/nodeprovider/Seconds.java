package mlopsprimer.nodeprovider;

import java.util.Locale;

/** How long something took, for who watches. */
final class Seconds {
  private Seconds() {}

  /**
   * @param start as {@link System#nanoTime} had it
   * @return such as {@code 1.4 s}
   */
  static String since(long start) {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9);
  }
}
