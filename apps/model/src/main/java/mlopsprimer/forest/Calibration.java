package mlopsprimer.forest;

/**
 * Platt scaling on the log-odds of the forest's probability p: 1 / (1 + exp(-(slope · logit(p) +
 * intercept))). A slope of 0 ignores the forest and answers one probability, the base rate.
 */
public record Calibration(double slope, double intercept) {
  /** Keeps the log-odds finite; 100 trees that agree are no proof of certainty. */
  private static final double CLIP = 1e-4;

  /**
   * @throws IllegalArgumentException if a parameter is not finite, or the slope is negative, which
   *     would turn the forest's opinion around
   */
  public Calibration {
    if (!Double.isFinite(slope) || !Double.isFinite(intercept) || slope < 0) {
      throw new IllegalArgumentException(
          "not a calibration: slope=%s intercept=%s".formatted(slope, intercept));
    }
  }

  /** The calibration that answers {@code rate} whatever the forest says. */
  public static Calibration baseRate(double rate) {
    return new Calibration(0, logit(rate));
  }

  public boolean isBaseRate() {
    return slope == 0;
  }

  /** The calibrated probability of a forest's {@code probability}; both lie in [0, 1]. */
  public double apply(double probability) {
    return 1 / (1 + StrictMath.exp(-(slope * logit(probability) + intercept)));
  }

  /** log(p / (1 - p)), with p kept 0.0001 away from 0 and 1. */
  public static double logit(double probability) {
    double clipped = Math.min(1 - CLIP, Math.max(CLIP, probability));
    return StrictMath.log(clipped / (1 - clipped));
  }
}
