package mlopsprimer.trainer.evaluation;

/**
 * Counts and sums over weighted days, from which every metric is computed. The counts and sums are
 * collected in one pass over the days.
 */
final class Tally {
  private static final int BINS = 10;
  private static final double THRESHOLD = 0.5;

  private final double days;
  private final double ups;
  private final double hitsUp;
  private final double hitsDown;
  private final Pairs pairs;
  private final double[] gaps;
  private final double[] losses;

  /**
   * Numbers of pairs of an UP and a DOWN day of the same fold.
   *
   * @param ranked pairs with the higher forecast for the UP day; a tie counts half
   * @param all all pairs
   */
  record Pairs(double ranked, double all) {}

  private Tally(
      double days,
      double ups,
      double hitsUp,
      double hitsDown,
      Pairs pairs,
      double[] gaps,
      double[] losses) {
    this.days = days;
    this.ups = ups;
    this.hitsUp = hitsUp;
    this.hitsDown = hitsDown;
    this.pairs = pairs;
    this.gaps = gaps;
    this.losses = losses;
  }

  /**
   * Counts day {@code i} {@code weight[i]} times.
   *
   * @param probability forecast probability of UP of each day
   * @param up outcome of each day
   * @param dailyLosses for each metric in {@link Metric#means()}, the term of each day
   * @param pairs pairs of an UP and a DOWN day
   */
  static Tally of(
      int[] weight, double[] probability, boolean[] up, double[][] dailyLosses, Pairs pairs) {
    double days = 0;
    double ups = 0;
    double hitsUp = 0;
    double hitsDown = 0;
    double[] gaps = new double[BINS];
    double[] losses = new double[dailyLosses.length];
    for (int i = 0; i < weight.length; i++) {
      double w = weight[i];
      days += w;
      for (int loss = 0; loss < losses.length; loss++) {
        losses[loss] += w * dailyLosses[loss][i];
      }
      boolean saidUp = probability[i] > THRESHOLD;
      if (up[i]) {
        ups += w;
        hitsUp += saidUp ? w : 0;
      } else {
        hitsDown += saidUp ? 0 : w;
      }
      gaps[Math.min(BINS - 1, (int) (probability[i] * BINS))] +=
          w * (probability[i] - (up[i] ? 1 : 0));
    }
    return new Tally(days, ups, hitsUp, hitsDown, pairs, gaps, losses);
  }

  /** Number of days. */
  double days() {
    return days;
  }

  /** Number of days that went UP. */
  double ups() {
    return ups;
  }

  /** Number of days that went DOWN. */
  double downs() {
    return days - ups;
  }

  /** Number of UP days whose forecast was above 0.5. */
  double hitsUp() {
    return hitsUp;
  }

  /** Number of DOWN days whose forecast was at most 0.5. */
  double hitsDown() {
    return hitsDown;
  }

  /** Pairs of an UP and a DOWN day of the same fold. */
  Pairs pairs() {
    return pairs;
  }

  /**
   * Sum of forecast minus outcome (1 for UP, 0 for DOWN) of the days in each of ten bins of equal
   * width. A forecast of 1 lies in the last bin.
   */
  double[] gaps() {
    return gaps;
  }

  /** Sum over the days for metric {@code number} in {@link Metric#means()}. */
  double loss(int number) {
    return losses[number];
  }
}
