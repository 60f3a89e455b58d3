package mlopsprimer.infra.config;

import mlopsprimer.contract.Format;

/**
 * An amount of memory or disk space.
 *
 * @param mebibytes number of mebibytes, at least 1
 */
public record Memory(int mebibytes) {
  private static final int MEBIBYTES_OF_GIBIBYTE = 1024;
  private static final String PATTERN = "[1-9][0-9]{0,4}[MG]i";

  /**
   * The form of a Kubernetes quantity of bytes that is at least {@code least} mebibytes: 512Mi,
   * 1Gi.
   */
  static Format<Memory> atLeast(int least) {
    return Format.of(
        least > 1
            ? "a size of at least %dMi, such as 512Mi or 1Gi".formatted(least)
            : "a size such as 512Mi or 1Gi",
        text -> {
          Memory memory = of(text);
          if (memory.mebibytes < least) {
            throw new IllegalArgumentException("less than %dMi".formatted(least));
          }
          return memory;
        });
  }

  private static Memory of(String text) {
    if (!text.matches(PATTERN)) {
      throw new IllegalArgumentException("not a size: " + text);
    }
    int number = Integer.parseInt(text.substring(0, text.length() - 2));
    return new Memory(text.endsWith("Gi") ? number * MEBIBYTES_OF_GIBIBYTE : number);
  }

  /** The Kubernetes quantity: 512Mi. */
  @Override
  public String toString() {
    return mebibytes % MEBIBYTES_OF_GIBIBYTE == 0
        ? mebibytes / MEBIBYTES_OF_GIBIBYTE + "Gi"
        : mebibytes + "Mi";
  }
}
