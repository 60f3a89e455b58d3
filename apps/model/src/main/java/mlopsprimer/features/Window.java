package mlopsprimer.features;

import java.util.function.IntToDoubleFunction;

/**
 * Statistics of the {@code length} values that end at {@code t}. Each window is summed afresh: a
 * running sum would let rows before the window leave their rounding errors in it.
 */
final class Window {
  private Window() {}

  static double mean(IntToDoubleFunction value, int t, int length) {
    double sum = 0;
    for (int i = t - length + 1; i <= t; i++) {
      sum += value.applyAsDouble(i);
    }
    return sum / length;
  }

  /** The population's standard deviation. */
  static double deviation(IntToDoubleFunction value, int t, int length) {
    double mean = mean(value, t, length);
    double sum = 0;
    for (int i = t - length + 1; i <= t; i++) {
      double distance = value.applyAsDouble(i) - mean;
      sum += distance * distance;
    }
    return Math.sqrt(sum / length);
  }
}
