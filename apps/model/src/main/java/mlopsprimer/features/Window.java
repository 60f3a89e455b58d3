package mlopsprimer.features;

import java.util.function.IntToDoubleFunction;

/**
 * Statistics of the {@code length} values that end at {@code t}. Each window is summed from its
 * first value: a running sum would contain rounding errors of rows before the window.
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

  /** Standard deviation of the population. */
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
