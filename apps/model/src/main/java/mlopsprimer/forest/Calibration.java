package mlopsprimer.forest;

/**
 * Platt scaling of the forest's probability p: 1 / (1 + exp(-(slope · logit(p) + intercept))). If
 * the slope is 0, the result does not depend on p, and is always the base rate.
 */
public record Calibration(double slope, double intercept) {
  /** Least distance of a probability from 0 and 1. It keeps the log-odds finite. */
  public static final double CLIP = 1e-4;

  /**
   * @throws IllegalArgumentException if a parameter is not finite, or if the slope is negative: a
   *     negative slope would reverse the forecasts of the forest
   */
  public Calibration {
    if (!Double.isFinite(slope) || !Double.isFinite(intercept) || slope < 0) {
      throw new IllegalArgumentException(
          "not a calibration: slope=%s intercept=%s, but both must be finite, and the slope 0 or more"
              .formatted(slope, intercept));
    }
  }

  /** Calibration whose result is always {@code rate}. */
  public static Calibration baseRate(double rate) {
    return new Calibration(0, logit(rate));
  }

  public boolean isBaseRate() {
    return slope == 0;
  }

  /** Calibrates a probability of the forest. Both probabilities lie in [0, 1]. */
  public double apply(double probability) {
    return 1 / (1 + StrictMath.exp(-(slope * logit(probability) + intercept)));
  }

  /** log(p / (1 - p)), where p is at least 0.0001 away from 0 and 1. */
  public static double logit(double probability) {
    double clipped = Math.min(1 - CLIP, Math.max(CLIP, probability));
    return StrictMath.log(clipped / (1 - clipped));
  }
}
