package mlopsprimer.prices;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The sessions of a market: which days it is open, and when a session ends. */
public enum TradingCalendar {
  /** New York: weekends and the exchange's holidays are closed; 16:00, or 13:00 before some. */
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

  /** Monday to Friday, to the end of the day: currencies, and exchanges whose holidays we lack. */
  WEEKDAYS {
    @Override
    public boolean isOpen(LocalDate day) {
      return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
    }
  },

  /** Every day, to the end of the day: crypto-currencies. */
  DAILY {
    @Override
    public boolean isOpen(LocalDate day) {
      return true;
    }
  };

  /** More rows than this share on closed days, and the calendar is not the series' own. */
  private static final double STRAY_ROWS = 0.01;

  public abstract boolean isOpen(LocalDate day);

  /** When the session of {@code day} ends, in a market whose clocks show {@code zone}. */
  public Instant closeOf(LocalDate day, ZoneId zone) {
    return day.plusDays(1).atStartOfDay(zone).toInstant();
  }

  /** The first session after {@code day}: 2018-12-31 is followed by 2019-01-02 on {@link #NYSE}. */
  public LocalDate nextSession(LocalDate day) {
    LocalDate next = day.plusDays(1);
    while (!isOpen(next)) {
      next = next.plusDays(1);
    }
    return next;
  }

  /** The narrowest calendar that the rows fit: one with Saturdays is {@link #DAILY}. */
  public static TradingCalendar of(List<DailyPrice> rows) {
    return ofDays(rows.stream().map(DailyPrice::day).toList());
  }

  /** The narrowest calendar that the days fit. */
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

  /** The name in settings and manifests: {@code nyse}, {@code weekdays}, {@code daily}. */
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
