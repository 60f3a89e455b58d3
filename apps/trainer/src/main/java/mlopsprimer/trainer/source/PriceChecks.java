package mlopsprimer.trainer.source;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
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

  /** Back at the price of before, but for what a market does in the meantime. */
  private static final double SAME_PRICE = 5;

  private PriceChecks() {}

  /**
   * @throws BadDataException if the series is too short
   */
  public static void requireEnoughRows(PriceSeries series) {
    if (series.rows().size() < FEWEST_ROWS) {
      throw new BadDataException(
          "too few prices: ticker=%s source=%s rows=%s needed=%s from=%s to=%s; use a longer history"
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
   * Refuses an excursion by a factor of 50 or more that returns: within five sessions, or later in
   * a jump as large. So close to an end of the series that one cannot tell, it is refused too. A
   * large move that stays is data, and one of the close alone is a split.
   *
   * @throws BadDataException naming the day and the factor
   */
  public static void requireNoGlitch(PriceSeries series) {
    List<DailyPrice> rows = series.rows();
    for (int i = 1; i < rows.size(); i++) {
      if (isExtreme(rows, i) && !stays(rows, i)) {
        throw new BadDataException(
            "price glitch: ticker=%s source=%s day=%s factor=%s; the move is undone, or too near to the"
                    .formatted(
                        series.ticker(),
                        series.source(),
                        rows.get(i).day(),
                        String.format(Locale.ROOT, "%.4g", factor(rows, i - 1, i)))
                + " first or last day to trust, so the source needs mending");
      }
    }
  }

  private static boolean stays(List<DailyPrice> rows, int jump) {
    if (jump < GLITCH_SESSIONS || jump + GLITCH_SESSIONS > rows.size()) {
      return false;
    }
    for (int i = jump + 1; i < rows.size(); i++) {
      boolean mayReturn = i < jump + GLITCH_SESSIONS || isExtreme(rows, i);
      double sinceBefore = factor(rows, jump - 1, i);
      if (mayReturn && sinceBefore < SAME_PRICE && sinceBefore > 1 / SAME_PRICE) {
        return false;
      }
    }
    return true;
  }

  private static boolean isExtreme(List<DailyPrice> rows, int i) {
    double factor = factor(rows, i - 1, i);
    return factor >= GLITCH_FACTOR || factor <= 1 / GLITCH_FACTOR;
  }

  private static double factor(List<DailyPrice> rows, int from, int to) {
    return rows.get(to).adjustedClose() / rows.get(from).adjustedClose();
  }
}
