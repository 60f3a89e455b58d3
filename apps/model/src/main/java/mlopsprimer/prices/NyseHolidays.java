package mlopsprimer.prices;

import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.THURSDAY;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.Set;

/**
 * Holidays of the New York Stock Exchange. Rule 7.2 of the exchange gives the holidays since 1998,
 * the year in which Martin Luther King Jr. Day was added. A table lists the days on which the
 * exchange closed for another reason.
 */
final class NyseHolidays {
  private static final Set<LocalDate> OTHER_CLOSURES =
      Set.of(
          // September 11 attacks
          LocalDate.of(2001, 9, 11),
          LocalDate.of(2001, 9, 12),
          LocalDate.of(2001, 9, 13),
          LocalDate.of(2001, 9, 14),
          // days of mourning: Reagan, Ford, G. H. W. Bush, Carter
          LocalDate.of(2004, 6, 11),
          LocalDate.of(2007, 1, 2),
          LocalDate.of(2018, 12, 5),
          LocalDate.of(2025, 1, 9),
          // Hurricane Sandy
          LocalDate.of(2012, 10, 29),
          LocalDate.of(2012, 10, 30));

  private NyseHolidays() {}

  static boolean isClosed(LocalDate day) {
    int year = day.getYear();
    return isNewYear(day)
        || day.equals(nth(3, MONDAY, year, Month.JANUARY))
        || day.equals(nth(3, MONDAY, year, Month.FEBRUARY))
        || day.equals(easterSunday(year).minusDays(2))
        || day.equals(LocalDate.of(year, Month.MAY, 1).with(TemporalAdjusters.lastInMonth(MONDAY)))
        || (year >= 2022 && day.equals(observed(LocalDate.of(year, Month.JUNE, 19))))
        || day.equals(observed(LocalDate.of(year, Month.JULY, 4)))
        || day.equals(nth(1, MONDAY, year, Month.SEPTEMBER))
        || day.equals(thanksgiving(year))
        || day.equals(observed(LocalDate.of(year, Month.DECEMBER, 25)))
        || OTHER_CLOSURES.contains(day);
  }

  /**
   * Whether the session ends at 13:00: on the day before Independence Day, on the day after
   * Thanksgiving and on Christmas Eve.
   */
  static boolean closesEarly(LocalDate day) {
    int year = day.getYear();
    return day.equals(LocalDate.of(year, Month.JULY, 3))
        || day.equals(thanksgiving(year).plusDays(1))
        || day.equals(LocalDate.of(year, Month.DECEMBER, 24));
  }

  /**
   * Whether the exchange is closed for New Year's Day. If that day is a Saturday, the exchange is
   * open on the Friday before, because that Friday is the last day of the accounting year.
   */
  private static boolean isNewYear(LocalDate day) {
    LocalDate first = LocalDate.of(day.getYear(), Month.JANUARY, 1);
    return day.equals(first.getDayOfWeek() == DayOfWeek.SUNDAY ? first.plusDays(1) : first);
  }

  private static LocalDate thanksgiving(int year) {
    return nth(4, THURSDAY, year, Month.NOVEMBER);
  }

  private static LocalDate nth(int n, DayOfWeek weekday, int year, Month month) {
    return LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(n, weekday));
  }

  private static LocalDate observed(LocalDate holiday) {
    return switch (holiday.getDayOfWeek()) {
      case SATURDAY -> holiday.minusDays(1);
      case SUNDAY -> holiday.plusDays(1);
      default -> holiday;
    };
  }

  /** Easter Sunday, by the algorithm of Meeus, Jones and Butcher ("Nature", 1876). */
  private static LocalDate easterSunday(int year) {
    int golden = year % 19;
    int century = year / 100;
    int inCentury = year % 100;
    int skipped = century - century / 4 - (8 * century + 13) / 25;
    int epact = (19 * golden + skipped + 15) % 30;
    int weekday = (32 + 2 * (century % 4) + 2 * (inCentury / 4) - epact - inCentury % 4) % 7;
    int correction = (golden + 11 * epact + 22 * weekday) / 451;
    int days = epact + weekday - 7 * correction + 114;
    return LocalDate.of(year, days / 31, days % 31 + 1);
  }
}
