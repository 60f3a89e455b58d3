package mlopsprimer.trainer.evaluation;

import mlopsprimer.forest.Calibration;

/**
 * Rule by which forecasts of the forest are calibrated. The rule trusts the forest little: without
 * evidence, the calibrated probability is the smoothed base rate.
 *
 * <p>The smoothed base rate is the share of UP days, moved towards {@code usualShare}, as if {@code
 * usualDays} more days with that share had been seen. The calibrated log-odds are those of the
 * smoothed base rate plus a slope times the distance of the forest's log-odds from the log-odds of
 * the share of UP in its training rows. Only the slope is fitted: by logistic regression with a
 * Gaussian prior (mean 0), by Newton's method. A slope below 0 becomes 0.
 *
 * @param usualShare share of UP days that is assumed before any day is seen, in (0, 1)
 * @param usualDays number of days that the assumption weighs as much as; 0 or more
 * @param slopeDeviation standard deviation of the slope's prior; positive
 */
public record CalibrationRule(double usualShare, double usualDays, double slopeDeviation) {
  /** The rule of every model. docs/decisions/0016 has the measurements that led to it. */
  public static final CalibrationRule CHOSEN = new CalibrationRule(0.51, 500, 0.2);

  /** Fewest forecasts from which a slope is fitted. A slope from fewer forecasts is noise. */
  static final int FEWEST_ROWS = 200;

  private static final int ITERATIONS = 50;
  private static final double SMALL_STEP = 1e-10;

  /**
   * @throws IllegalArgumentException if a component is outside its range
   */
  public CalibrationRule {
    if (!(usualShare > 0 && usualShare < 1) || !(usualDays >= 0) || !(slopeDeviation > 0)) {
      throw new IllegalArgumentException(
          "not a rule: usualShare=%s usualDays=%s slopeDeviation=%s"
              .formatted(usualShare, usualDays, slopeDeviation));
    }
  }

  /**
   * Smoothed base rate.
   *
   * @param share share of UP in the training rows
   * @param rows number of training rows
   */
  public double baseRate(double share, int rows) {
    return (share * rows + usualShare * usualDays) / (rows + usualDays);
  }

  /** Distance of a forest's log-odds from the log-odds of the share of UP in its training rows. */
  public static double distance(double forest, double share) {
    return Calibration.logit(forest) - Calibration.logit(share);
  }

  /**
   * Fits the calibration of a forest that was trained on {@code rows} rows. The result is the
   * smoothed base rate if there are fewer than 200 earlier forecasts, or if the slope is not
   * positive.
   *
   * @param distances {@link #distance} of earlier forecasts, each by a forest that had not seen the
   *     day
   * @param up outcomes of those forecasts
   * @param share share of UP in the training rows
   * @param rows number of training rows
   */
  public Calibration fit(double[] distances, boolean[] up, double share, int rows) {
    double rate = baseRate(share, rows);
    double slope =
        distances.length < FEWEST_ROWS ? 0 : slope(distances, up, Calibration.logit(rate));
    return slope > 0
        ? new Calibration(slope, Calibration.logit(rate) - slope * Calibration.logit(share))
        : Calibration.baseRate(rate);
  }

  /** Most probable slope. The logarithm of its probability is concave in the slope. */
  private double slope(double[] distances, boolean[] up, double offset) {
    double precision = 1 / (slopeDeviation * slopeDeviation);
    double slope = 0;
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double gradient = -precision * slope;
      double curvature = precision;
      for (int i = 0; i < distances.length; i++) {
        double p = 1 / (1 + StrictMath.exp(-(offset + slope * distances[i])));
        gradient += ((up[i] ? 1 : 0) - p) * distances[i];
        curvature += p * (1 - p) * distances[i] * distances[i];
      }
      double step = gradient / curvature;
      slope += step;
      if (Math.abs(step) < SMALL_STEP) {
        break;
      }
    }
    return slope;
  }
}
