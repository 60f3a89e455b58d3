package mlopsprimer.mlflow;

import java.util.regex.Pattern;

/**
 * One number of a run.
 *
 * @param key name, such as {@code model.brier}
 * @param step step of the series that the number belongs to; 0 for a number without a series
 */
public record RunMetric(String key, double value, int step) {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_. /-]{1,250}");

  /**
   * @throws IllegalArgumentException if MLflow refuses such a key, or if the value is not finite
   */
  public RunMetric {
    if (!KEY.matcher(key).matches() || !Double.isFinite(value)) {
      throw new IllegalArgumentException("not a metric of MLflow: " + key + "=" + value);
    }
  }
}
