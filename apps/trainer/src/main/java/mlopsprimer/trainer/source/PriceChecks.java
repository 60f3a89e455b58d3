package mlopsprimer.trainer.source;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.prices.TradingCalendar;

/** Refuses a price series that no model should be trained on. */
public final class PriceChecks {
  public static final int FEWEST_ROWS = 250;

  /**
   * Most days by which the newest row of a fresh series can be older than now: a week of sessions
   * after the longest closure of an exchange of the table, such as the ten days of Tokyo in 2019,
   * or two weeks of weekdays of an exchange that the table lacks.
   */
  static final int OLDEST_DAYS = 21;

  /**
   * Least factor of a suspicious move. A price in cents in place of dollars is wrong by a factor of
   * 100.
   */
  private static final double GLITCH_FACTOR = 50;

  private static final int GLITCH_SESSIONS = 5;

  /** Two prices within this factor count as the same price. */
  private static final double SAME_PRICE = 5;

  private PriceChecks() {}

  /**
   * Requires a series of at least 250 rows.
   *
   * @throws BadDataException if the series has fewer than 250 rows
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
   * Requires a newest row that is less than a week of sessions old, which are five sessions for
   * most exchanges. Days on which the exchange is closed do not count. If the calendar lacks the
   * holidays of these days, two weeks of weekdays are allowed, because a closure such as the Golden
   * Week of China takes longer than a week.
   *
   * @throws BadDataException if the sessions of a week or more have closed by {@code now} and have
   *     no row
   */
  public static void requireFresh(PriceSeries series, Instant now) {
    if (!isFresh(series, now)) {
      LocalDate today = now.atZone(series.zone()).toLocalDate();
      throw new BadDataException(
          "stale prices: ticker=%s source=%s newest=%s today=%s sessions since=%s calendar=%s; check that the ticker is still traded, or use"
                  .formatted(
                      series.ticker(),
                      series.source(),
                      series.lastDay(),
                      today,
                      sessionsSince(series, now),
                      series.calendar().label())
              + " --allow-stale to train on these prices");
    }
  }

  /** Whether {@link #requireFresh} accepts the series. */
  public static boolean isFresh(PriceSeries series, Instant now) {
    return sessionsSince(series, now) < tooMany(series);
  }

  /** Number of sessions after the newest row that have closed by {@code now}. */
  private static long sessionsSince(PriceSeries series, Instant now) {
    TradingCalendar calendar = series.calendar();
    LocalDate today = now.atZone(series.zone()).toLocalDate();
    return calendar.sessionsBetween(series.lastDay().plusDays(1), today).stream()
        .filter(day -> !calendar.closeOf(day, series.zone()).isAfter(now))
        .count();
  }

  private static int tooMany(PriceSeries series) {
    LocalDate inAWeek = series.lastDay().plusWeeks(1);
    int week = series.calendar().exchange().weekdaysOf(inAWeek).size();
    return series.calendar().lacksHolidaysOf(inAWeek) ? 2 * week : week;
  }

  /**
   * Refuses a move of the adjusted close by a factor of 50 or more that is undone within five
   * sessions, or later by an equally large move. A large move in the first five or the last four
   * sessions is refused too, because the series does not show whether it is undone. A large move
   * that lasts is accepted. A split changes the close only, and is accepted.
   *
   * @param acceptedMove day whose move is real, and is not judged
   * @throws BadDataException if the series has such a move; the message names the day and the
   *     factor
   */
  static void requireNoGlitch(PriceSeries series, Optional<LocalDate> acceptedMove) {
    List<DailyPrice> rows = series.rows();
    for (int i = 1; i < rows.size(); i++) {
      boolean accepted = acceptedMove.filter(rows.get(i).day()::equals).isPresent();
      if (!accepted && isExtreme(rows, i) && !stays(rows, i)) {
        throw new BadDataException(
            "price glitch: ticker=%s source=%s day=%s factor=%s; the move is undone, or too close to the"
                    .formatted(
                        series.ticker(),
                        series.source(),
                        rows.get(i).day(),
                        Returns.number(factor(rows, i - 1, i)))
                + " first or last day to be trusted; correct the source");
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
