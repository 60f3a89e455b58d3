package mlopsprimer.nodeprovider.rpc;

import java.util.Locale;

/** Prints elapsed time for a progress message. */
public final class Elapsed {
  private Elapsed() {}

  /**
   * @param start a value of {@link System#nanoTime}
   * @return the seconds since then, such as {@code 1.4 s}
   */
  public static String since(long start) {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - start) / 1e9);
  }
}
