package mlopsprimer.trainer.evaluation;

import java.time.LocalDate;
import java.util.List;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DataSource;
import mlopsprimer.store.Estimate;
import mlopsprimer.store.Manifest;
import mlopsprimer.store.OutOfFold;

/**
 * Decides whether a challenger replaces the champion. The two models are compared by their
 * out-of-fold forecasts, on the days for which both have one. The challenger's prices are at least
 * as new, so it is promoted unless it is clearly worse, or says the opposite of the champion.
 */
public final class Promotion {
  /** Fewest common days on which an interval is meaningful. */
  private static final int FEWEST_DAYS = 30;

  /** Least share of common days whose direction must be the same. Corrections of prices are few. */
  private static final double LEAST_AGREEMENT = 0.98;

  /**
   * Difference of Brier scores that is too small to matter. The fold boundaries move by a day every
   * night; without a margin, that alone refused up to 8 % of equally good models.
   */
  private static final double MARGIN = 0.0001;

  /** As {@link #MARGIN}, for the forests before calibration, whose scores differ more. */
  private static final double FOREST_MARGIN = 0.02;

  /** Correlation of the forecasts at which a challenger says the opposite of the champion. */
  private static final double OPPOSITE = -0.5;

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
   * @throws BadDataException if both were trained on real prices, and the directions of the days
   *     that both know show that these are prices of different instruments
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
    CommonDays days = CommonDays.of(challenger.outOfFold(), champion.outOfFold());
    if (days.count() >= FEWEST_DAYS && days.agreement() < LEAST_AGREEMENT) {
      throw new BadDataException(
          "these are other prices: the direction of only %d of %d common days is the champion's, but %.0f %% must be; source=%s to=%s, champion's source=%s to=%s; nothing was changed; check the ticker and the source; if the champion's prices are the wrong ones, use another store, or delete the ticker's champion pointer in this one"
              .formatted(
                  days.agreeing(),
                  days.count(),
                  100 * LEAST_AGREEMENT,
                  challenger.dataSource(),
                  challenger.lastDay(),
                  champion.dataSource(),
                  champion.lastDay()));
    }
    if (challenger.lastDay().isBefore(champion.lastDay())) {
      return Verdict.keep(
          "its prices end on %s, but the champion's end on %s",
          challenger.lastDay(), champion.lastDay());
    }
    if (days.count() < FEWEST_DAYS) {
      return Verdict.promote("only %d days in common with the champion", days.count());
    }
    return compare(days, new Bootstrap(days.count(), seed));
  }

  private static Verdict compare(CommonDays days, Bootstrap bootstrap) {
    Estimate difference = bootstrap.mean(days.excess(OutOfFold::forecast));
    Estimate ofForests = bootstrap.mean(days.excess(OutOfFold::forest));
    String facts =
        "Brier difference %s on %d common days".formatted(interval(difference), days.count());
    if (difference.low() > MARGIN) {
      return Verdict.keep("worse than the champion: %s", facts);
    }
    if (ofForests.low() > FOREST_MARGIN) {
      return Verdict.keep(
          "its forest is much worse than the champion's before calibration: Brier difference %s",
          interval(ofForests));
    }
    double correlation =
        Math.min(days.correlation(OutOfFold::forecast), days.correlation(OutOfFold::forest));
    if (correlation <= OPPOSITE && difference.high() >= 0) {
      return Verdict.keep(
          "it says the opposite of the champion, and is not better: correlation of the forecasts %.2f, %s",
          correlation, facts);
    }
    return Verdict.promote("not worse than the champion: %s", facts);
  }

  private static String interval(Estimate difference) {
    return "%+.5f [%+.5f, %+.5f]"
        .formatted(difference.value(), difference.low(), difference.high());
  }
}
