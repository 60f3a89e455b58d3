package mlopsprimer.trainer.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Metrics of forecasts, in the order in which they are printed. To add a metric, add a constant.
 */
@SuppressWarnings("ImmutableEnumChecker") // the formulas are lambdas without state
public enum Metric {
  /** Mean squared error of the probability (Brier 1950). */
  BRIER("brier", "Brier score (lower is better)", Metric::squaredError),

  /** Mean negative logarithm of the probability that was given to the outcome. */
  LOG_LOSS("logLoss", "log loss (lower is better)", Metric::negativeLog),

  /**
   * Probability that an UP day was given a higher forecast than a DOWN day of the same fold. A tie
   * counts half (Hanley and McNeil 1982).
   */
  ROC_AUC("rocAuc", "ROC AUC, in folds", tally -> tally.pairs().ranked() / tally.pairs().all()),

  /** Share of days whose direction was forecast. UP is forecast above a probability of 0.5. */
  ACCURACY("accuracy", "accuracy", tally -> (tally.hitsUp() + tally.hitsDown()) / tally.days()),

  /** Mean of two shares: UP days that were forecast UP, and DOWN days that were forecast DOWN. */
  BALANCED_ACCURACY(
      "balancedAccuracy",
      "balanced accuracy",
      tally -> (tally.hitsUp() / tally.ups() + tally.hitsDown() / tally.downs()) / 2),

  /**
   * Expected calibration error over ten bins of equal width (Naeini, Cooper and Hauskrecht 2015).
   */
  ECE(
      "ece",
      "calibration error, ECE",
      tally -> DoubleStream.of(tally.gaps()).map(Math::abs).sum() / tally.days());

  /** Formula of a metric that is the mean of one number per day. */
  @FunctionalInterface
  interface Loss {
    double ofDay(double probabilityUp, boolean up);
  }

  /** Formula of a metric that is computed from the counts and sums over all days. */
  @FunctionalInterface
  interface Formula {
    double of(Tally tally);
  }

  /** Least probability in a logarithm. It keeps the loss of one confident error finite. */
  private static final double CLIP = 1e-6;

  private static final List<Metric> MEANS =
      Arrays.stream(values()).filter(metric -> metric.loss != null).toList();

  private final String key;
  private final String title;
  private final Loss loss;
  private final Formula formula;

  Metric(String key, String title, Loss loss) {
    this.key = key;
    this.title = title;
    this.loss = loss;
    this.formula = tally -> tally.loss(means().indexOf(this)) / tally.days();
  }

  Metric(String key, String title, Formula formula) {
    this.key = key;
    this.title = title;
    this.loss = null;
    this.formula = formula;
  }

  /** Name of the metric in manifests. */
  public String key() {
    return key;
  }

  /**
   * Title of the metric with this key, for people. If another version of the program wrote a key
   * that this version does not know, the key itself is returned.
   */
  public static String titleOf(String key) {
    return Arrays.stream(values())
        .filter(metric -> metric.key.equals(key))
        .map(metric -> metric.title)
        .findFirst()
        .orElse(key);
  }

  /** Squared error of one forecast, in [0, 1]. Its mean is the Brier score. */
  public static double squaredError(double probabilityUp, boolean up) {
    double error = probabilityUp - (up ? 1 : 0);
    return error * error;
  }

  private static double negativeLog(double probabilityUp, boolean up) {
    double ofOutcome = up ? probabilityUp : 1 - probabilityUp;
    return -StrictMath.log(Math.max(CLIP, ofOutcome));
  }

  /** Metrics that are the mean of one number per day. */
  static List<Metric> means() {
    return MEANS;
  }

  /** Term of one day in the mean, for a metric in {@link #means()}. */
  double lossOfDay(double probabilityUp, boolean up) {
    return loss.ofDay(probabilityUp, up);
  }

  /**
   * Value of the metric; NaN if the metric needs days of both directions, and all days have the
   * same direction.
   */
  double of(Tally tally) {
    return formula.of(tally);
  }
}
