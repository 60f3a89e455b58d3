package mlopsprimer.prices;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The sessions of the exchange that a price series has no row of. The prices on both sides of such
 * a hole are more than one session apart.
 */
public final class MissingSessions {
  /** Code of the fact about missing sessions. */
  public static final String FACT = "missing-sessions";

  /**
   * Most weekdays in a row that may be holidays, if the calendar does not know the holidays of the
   * exchange. The longest holidays of most exchanges, such as Easter with a bank holiday, close the
   * exchange for three weekdays or fewer.
   */
  private static final int UNKNOWN_HOLIDAYS = 3;

  private final List<List<LocalDate>> before;
  private final List<LocalDate> possibleHolidays;

  private MissingSessions(List<List<LocalDate>> before, List<LocalDate> possibleHolidays) {
    this.before = before;
    this.possibleHolidays = possibleHolidays;
  }

  public static MissingSessions of(PriceSeries series) {
    TradingCalendar calendar = series.calendar();
    List<List<LocalDate>> before = new ArrayList<>();
    List<LocalDate> possibleHolidays = new ArrayList<>();
    before.add(List.of());
    for (int i = 1; i < series.rows().size(); i++) {
      LocalDate from = series.rows().get(i - 1).day();
      LocalDate to = series.rows().get(i).day();
      List<LocalDate> hole = calendar.sessionsBetween(from.plusDays(1), to.minusDays(1));
      if (mayBeHolidays(hole, series)) {
        possibleHolidays.addAll(hole);
        before.add(List.of());
      } else {
        before.add(hole.stream().filter(day -> !calendar.isOptional(day)).toList());
      }
    }
    return new MissingSessions(before, possibleHolidays);
  }

  /** Whether the exchange may have been closed on all days of a hole, as far as is known. */
  private static boolean mayBeHolidays(List<LocalDate> hole, PriceSeries series) {
    return hole.size() <= UNKNOWN_HOLIDAYS
        && hole.stream().allMatch(series.calendar()::lacksHolidaysOf)
        && Collections.disjoint(hole, series.notes().unpriced());
  }

  /** Number of missing sessions between the rows {@code row - 1} and {@code row}. */
  public int before(int row) {
    return before.get(row).size();
  }

  /**
   * Days without a row that count as holidays, because the calendar does not know the holidays of
   * these days, oldest first. A return across such a day is used.
   */
  public List<LocalDate> possibleHolidays() {
    return possibleHolidays;
  }

  /** All missing sessions, oldest first. */
  public List<LocalDate> days() {
    return before.stream().flatMap(List::stream).toList();
  }
}
