package mlopsprimer.trainer.evaluation;

import mlopsprimer.forest.Calibration;

/**
 * Fits the two parameters of {@link Calibration} to forecasts and outcomes. The fit is a logistic
 * regression of the outcome on the log-odds, with the smoothed targets of Platt ("Probabilistic
 * Outputs for Support Vector Machines", 1999), by the damped Newton method of Lin, Lin and Weng
 * (2007).
 */
final class PlattScaling {
  /** Fewest forecasts from which a slope is fitted. A slope from fewer forecasts is noise. */
  static final int FEWEST_ROWS = 200;

  private static final int ITERATIONS = 100;
  private static final double RIDGE = 1e-12;
  private static final double SMALL_STEP = 1e-10;

  private final double[] logOdds;
  private final double[] targets;

  private PlattScaling(double[] logOdds, double[] targets) {
    this.logOdds = logOdds;
    this.targets = targets;
  }

  /**
   * Fits the calibration to out-of-fold forecasts. The result is the base rate if there are fewer
   * than 200 forecasts, or if the slope is not positive.
   *
   * @param forest probabilities of UP
   * @param up outcomes
   * @param baseRate share of UP in the training rows
   */
  static Calibration fit(double[] forest, boolean[] up, double baseRate) {
    if (forest.length < FEWEST_ROWS) {
      return Calibration.baseRate(baseRate);
    }
    double[] parameters = new PlattScaling(logOdds(forest), targets(up)).minimise();
    return parameters[0] > 0
        ? new Calibration(parameters[0], parameters[1])
        : Calibration.baseRate(baseRate);
  }

  private static double[] logOdds(double[] forest) {
    double[] logOdds = new double[forest.length];
    for (int i = 0; i < forest.length; i++) {
      logOdds[i] = Calibration.logit(forest[i]);
    }
    return logOdds;
  }

  private static double[] targets(boolean[] up) {
    double ups = 0;
    for (boolean each : up) {
      ups += each ? 1 : 0;
    }
    double high = (ups + 1) / (ups + 2);
    double low = 1 / (up.length - ups + 2);
    double[] targets = new double[up.length];
    for (int i = 0; i < up.length; i++) {
      targets[i] = up[i] ? high : low;
    }
    return targets;
  }

  /** Finds the slope and the intercept with the least log loss. */
  private double[] minimise() {
    double slope = 0;
    double intercept = 0;
    double loss = loss(slope, intercept);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double[] step = newtonStep(slope, intercept);
      double length = 1;
      double tried = loss(slope - step[0], intercept - step[1]);
      while (!(tried <= loss) && length > SMALL_STEP) {
        length /= 2;
        tried = loss(slope - length * step[0], intercept - length * step[1]);
      }
      if (length <= SMALL_STEP) {
        break;
      }
      slope -= length * step[0];
      intercept -= length * step[1];
      loss = tried;
      if (Math.abs(length * step[0]) + Math.abs(length * step[1]) < SMALL_STEP) {
        break;
      }
    }
    return new double[] {slope, intercept};
  }

  /** Newton step: the inverse of the Hessian times the gradient. */
  private double[] newtonStep(double slope, double intercept) {
    double gradientSlope = 0;
    double gradientIntercept = 0;
    double slopeSlope = RIDGE;
    double slopeIntercept = 0;
    double interceptIntercept = RIDGE;
    for (int i = 0; i < logOdds.length; i++) {
      double p = 1 / (1 + StrictMath.exp(-(slope * logOdds[i] + intercept)));
      double error = p - targets[i];
      double curvature = p * (1 - p);
      gradientSlope += error * logOdds[i];
      gradientIntercept += error;
      slopeSlope += curvature * logOdds[i] * logOdds[i];
      slopeIntercept += curvature * logOdds[i];
      interceptIntercept += curvature;
    }
    double determinant = slopeSlope * interceptIntercept - slopeIntercept * slopeIntercept;
    return new double[] {
      (interceptIntercept * gradientSlope - slopeIntercept * gradientIntercept) / determinant,
      (slopeSlope * gradientIntercept - slopeIntercept * gradientSlope) / determinant
    };
  }

  private double loss(double slope, double intercept) {
    double loss = 0;
    for (int i = 0; i < logOdds.length; i++) {
      double score = slope * logOdds[i] + intercept;
      // Negative log-likelihood, in a form that does not overflow.
      loss +=
          Math.max(score, 0)
              - targets[i] * score
              + StrictMath.log1p(StrictMath.exp(-Math.abs(score)));
    }
    return loss;
  }
}
