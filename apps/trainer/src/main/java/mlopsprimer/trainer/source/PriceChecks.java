package mlopsprimer.trainer.source;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.PriceSeries;

/** What a series must be before anything is learned from it. */
public final class PriceChecks {
  public static final int FEWEST_ROWS = 250;
  public static final int OLDEST_DAYS = 7;

  /** A unit glitch is a factor of 100; a market that moved so far in a day would be news. */
  private static final double GLITCH_FACTOR = 50;

  private static final int GLITCH_SESSIONS = 5;

  private PriceChecks() {}

  /**
   * @throws BadDataException if the series is too short
   */
  public static void requireEnoughRows(PriceSeries series) {
    if (series.rows().size() < FEWEST_ROWS) {
      throw new BadDataException(
          "too few prices: ticker=%s source=%s rows=%d needed=%d from=%s to=%s; use a longer history"
              .formatted(
                  series.ticker(),
                  series.source(),
                  series.rows().size(),
                  FEWEST_ROWS,
                  series.firstDay(),
                  series.lastDay()));
    }
  }

  /**
   * @throws BadDataException if the newest row is more than a week older than {@code now}
   */
  public static void requireFresh(PriceSeries series, Instant now) {
    LocalDate today = now.atZone(series.zone()).toLocalDate();
    if (series.lastDay().isBefore(today.minusDays(OLDEST_DAYS))) {
      throw new BadDataException(
          "stale prices: ticker=%s source=%s newest=%s today=%s; is it still traded? --allow-stale"
                  .formatted(series.ticker(), series.source(), series.lastDay(), today)
              + " trains on it anyway");
    }
  }

  /**
   * Refuses an excursion by a factor of 50 or more that returns within five sessions, or began so
   * late that it may yet. A large move that stays is data, and one of the close alone is a split.
   *
   * @throws BadDataException naming the day and the factor
   */
  public static void requireNoGlitch(PriceSeries series) {
    List<DailyPrice> rows = series.rows();
    for (int i = 1; i < rows.size(); i++) {
      double factor = rows.get(i).adjustedClose() / rows.get(i - 1).adjustedClose();
      if (isExtreme(factor) && !staysAway(rows, i)) {
        throw new BadDataException(
            "price glitch: ticker=%s source=%s day=%s factor=%.4g; the move is undone or too fresh to"
                    .formatted(series.ticker(), series.source(), rows.get(i).day(), factor)
                + " trust, so the source needs mending");
      }
    }
  }

  private static boolean staysAway(List<DailyPrice> rows, int from) {
    double before = rows.get(from - 1).adjustedClose();
    if (from + GLITCH_SESSIONS > rows.size()) {
      return false;
    }
    return rows.subList(from, from + GLITCH_SESSIONS).stream()
        .allMatch(row -> isExtreme(row.adjustedClose() / before));
  }

  private static boolean isExtreme(double factor) {
    return factor >= GLITCH_FACTOR || factor <= 1 / GLITCH_FACTOR;
  }
}
