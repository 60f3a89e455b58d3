package mlopsprimer.prices;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Sessions of a market: the days on which it is open, and the time at which a session ends. */
public enum TradingCalendar {
  /**
   * New York Stock Exchange. It is closed on weekends and on the exchange's holidays. A session
   * ends at 16:00, or at 13:00 before some holidays.
   */
  NYSE {
    @Override
    public boolean isOpen(LocalDate day) {
      return WEEKDAYS.isOpen(day) && !NyseHolidays.isClosed(day);
    }

    @Override
    public Instant closeOf(LocalDate day, ZoneId zone) {
      return day.atTime(NyseHolidays.closesEarly(day) ? 13 : 16, 0).atZone(zone).toInstant();
    }
  },

  /**
   * Monday to Friday; a session ends at midnight. Currencies have this calendar. Exchanges whose
   * holidays this program does not know get it too.
   */
  WEEKDAYS {
    @Override
    public boolean isOpen(LocalDate day) {
      return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
    }
  },

  /** Every day of the week; a session ends at midnight. Cryptocurrencies have this calendar. */
  DAILY {
    @Override
    public boolean isOpen(LocalDate day) {
      return true;
    }
  };

  /** Largest share of rows on closed days with which a calendar still fits a series. */
  private static final double STRAY_ROWS = 0.01;

  public abstract boolean isOpen(LocalDate day);

  /** End of the session of {@code day}, on an exchange in the time zone {@code zone}. */
  public Instant closeOf(LocalDate day, ZoneId zone) {
    return day.plusDays(1).atStartOfDay(zone).toInstant();
  }

  /**
   * First session after {@code day}. On {@link #NYSE} the session after 2018-12-31 is 2019-01-02.
   */
  public LocalDate nextSession(LocalDate day) {
    LocalDate next = day.plusDays(1);
    while (!isOpen(next)) {
      next = next.plusDays(1);
    }
    return next;
  }

  /**
   * Derives the calendar of a series: the first of {@link #NYSE}, {@link #WEEKDAYS} and {@link
   * #DAILY} that is open on at least 99 % of the days.
   */
  public static TradingCalendar ofDays(List<LocalDate> days) {
    return Arrays.stream(values())
        .filter(calendar -> calendar.fits(days))
        .findFirst()
        .orElseThrow();
  }

  private boolean fits(List<LocalDate> days) {
    long strays = days.stream().filter(day -> !isOpen(day)).count();
    return strays <= days.size() * STRAY_ROWS;
  }

  /** Name of the calendar in manifests: {@code nyse}, {@code weekdays} or {@code daily}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if no calendar has that name
   */
  public static TradingCalendar ofLabel(String label) {
    return Arrays.stream(values())
        .filter(calendar -> calendar.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no calendar '%s'; use nyse, weekdays or daily".formatted(label)));
  }
}
