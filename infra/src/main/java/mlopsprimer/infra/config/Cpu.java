package mlopsprimer.infra.config;

import mlopsprimer.contract.Format;

/**
 * A share of a node's processors.
 *
 * @param millicores thousandths of a processor
 */
public record Cpu(int millicores) {
  private static final int MILLICORES_OF_CORE = 1000;

  /** The form of a Kubernetes quantity of processors: 2 or 500m. */
  static final Format<Cpu> FORMAT =
      Format.of(
          "a number of processors, or of thousandths of a processor, such as 2 or 500m", Cpu::of);

  private static Cpu of(String text) {
    if (!text.matches("[1-9][0-9]{0,4}m?")) {
      throw new IllegalArgumentException("not a number of processors: " + text);
    }
    return text.endsWith("m")
        ? new Cpu(Integer.parseInt(text.substring(0, text.length() - 1)))
        : new Cpu(Integer.parseInt(text) * MILLICORES_OF_CORE);
  }

  /** The Kubernetes quantity: 2 or 500m. */
  @Override
  public String toString() {
    return millicores % MILLICORES_OF_CORE == 0
        ? String.valueOf(millicores / MILLICORES_OF_CORE)
        : millicores + "m";
  }
}
