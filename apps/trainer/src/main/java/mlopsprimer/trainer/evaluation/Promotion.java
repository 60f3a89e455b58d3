package mlopsprimer.trainer.evaluation;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mlopsprimer.prices.DataSource;
import mlopsprimer.store.Estimate;
import mlopsprimer.store.Manifest;
import mlopsprimer.store.OutOfFold;

/**
 * Decides whether a challenger replaces the champion. The two models are compared by their
 * out-of-fold forecasts, on the days for which both have one. The challenger's prices are at least
 * as new, so it is promoted unless it is clearly worse.
 */
public final class Promotion {
  /** Fewest common days on which an interval is meaningful. */
  private static final int FEWEST_DAYS = 30;

  private Promotion() {}

  /**
   * Facts about a model that the decision depends on.
   *
   * @param dataSource source of the training prices
   * @param lastDay last day of the training prices
   */
  public record Candidate(DataSource dataSource, LocalDate lastDay, List<OutOfFold> outOfFold) {
    public static Candidate of(Manifest manifest, List<OutOfFold> outOfFold) {
      return new Candidate(manifest.dataSource(), manifest.data().lastDay(), outOfFold);
    }
  }

  /**
   * Compares the challenger with the champion.
   *
   * @param seed seed of the bootstrap
   */
  public static Verdict judge(Candidate challenger, Candidate champion, long seed) {
    boolean synthetic = challenger.dataSource().isSynthetic();
    if (synthetic != champion.dataSource().isSynthetic()) {
      return synthetic
          ? Verdict.keep(
              "trained on synthetic prices, but the champion on %s", champion.dataSource())
          : Verdict.promote(
              "trained on %s, but the champion on synthetic prices", challenger.dataSource());
    }
    if (challenger.lastDay().isBefore(champion.lastDay())) {
      return Verdict.keep(
          "its prices end on %s, but the champion's end on %s",
          challenger.lastDay(), champion.lastDay());
    }
    return compare(challenger.outOfFold(), champion.outOfFold(), seed);
  }

  private static Verdict compare(List<OutOfFold> challenger, List<OutOfFold> champion, long seed) {
    Map<LocalDate, OutOfFold> champions = new HashMap<>();
    champion.forEach(row -> champions.put(row.day(), row));
    double[] excess =
        challenger.stream()
            .filter(row -> champions.containsKey(row.day()))
            .mapToDouble(
                row ->
                    Metric.squaredError(row.forecast(), row.up())
                        - Metric.squaredError(champions.get(row.day()).forecast(), row.up()))
            .toArray();
    if (excess.length < FEWEST_DAYS) {
      return Verdict.promote("only %d days in common with the champion", excess.length);
    }
    Estimate difference = difference(excess, seed);
    String facts =
        String.format(
            Locale.ROOT,
            "Brier difference %+.5f [%+.5f, %+.5f] on %d common days",
            difference.value(),
            difference.low(),
            difference.high(),
            excess.length);
    return difference.low() > 0
        ? Verdict.keep("worse than the champion: %s", facts)
        : Verdict.promote("not worse than the champion: %s", facts);
  }

  /** Mean of the paired differences. If the mean is negative, the challenger is better. */
  private static Estimate difference(double[] excess, long seed) {
    double sum = 0;
    for (double each : excess) {
      sum += each;
    }
    return new Bootstrap(excess.length, seed)
        .estimate(
            sum / excess.length,
            weight -> {
              double drawn = 0;
              for (int i = 0; i < excess.length; i++) {
                drawn += weight[i] * excess[i];
              }
              return drawn / excess.length;
            });
  }
}
