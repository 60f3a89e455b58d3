package mlopsprimer.trainer.source;

import static java.time.format.ResolverStyle.STRICT;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlopsprimer.contract.DateFormat;

/**
 * Reads the day of a session from the text of a cell, which may have a time and an offset too.
 *
 * @param format the order of day, month and year if the user has named it
 * @param zone zone of the exchange if the user has named the exchange; stamps with an offset are
 *     converted to it
 * @param utc whether stamps without an offset are in UTC
 */
record DayReader(Optional<DateFormat> format, Optional<ZoneId> zone, boolean utc) {
  /** A reader without a format and without a zone. */
  static final DayReader DEFAULT = new DayReader(Optional.empty(), Optional.empty());

  // Without STRICT, 2/30 would be parsed as 2/28.
  private static final List<DateTimeFormatter> DAYS =
      List.of(
          DateTimeFormatter.ISO_LOCAL_DATE,
          strict("uuuuMMdd"),
          strict("M/d/uuuu"),
          strict("d.M.uuuu"), // no country writes the month first before a point
          strict("MMM d, uuuu"));

  private static final Pattern STAMP =
      Pattern.compile(
          "(?<day>.*\\d)[ T]+(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:\\.\\d+)?)?\\s*"
              + "(?<offset>Z|UTC|[+-]\\d{2}:?\\d{2})?");

  /** A bar that is stamped at this hour or later is the bar of the next day. */
  private static final int NEXT_DAY_HOUR = 22;

  /** UTC times from this hour on may be a midnight east of Greenwich. */
  private static final int EASTERN_MIDNIGHT_HOUR = 10;

  /** A reader of stamps that are local if they have no offset. */
  DayReader(Optional<DateFormat> format, Optional<ZoneId> zone) {
    this(format, zone, false);
  }

  private static DateTimeFormatter strict(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.US).withResolverStyle(STRICT);
  }

  /**
   * The day of a session, and the time that the stamp has.
   *
   * @param time empty if the cell is a day without a time
   */
  record Stamp(LocalDate day, Optional<LocalTime> time) {}

  /** This reader, for stamps in UTC that do not say so. */
  DayReader inUtc() {
    return new DayReader(format, zone, true);
  }

  /** The time of a stamp that has no offset; empty if the text is another one. */
  static Optional<LocalTime> timeWithoutOffset(String text) {
    Matcher stamp = STAMP.matcher(text);
    try {
      return stamp.matches() && stamp.group("offset") == null
          ? Optional.of(time(stamp))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static LocalTime time(Matcher stamp) {
    String second = stamp.group("second");
    return LocalTime.of(
        Integer.parseInt(stamp.group("hour")),
        Integer.parseInt(stamp.group("minute")),
        second == null ? 0 : Integer.parseInt(second));
  }

  /**
   * @throws IllegalArgumentException if the text is not a day
   */
  Stamp read(String text) {
    Matcher stamp = STAMP.matcher(text);
    if (!stamp.matches()) {
      return new Stamp(day(text), Optional.empty());
    }
    LocalTime time = time(stamp);
    LocalDate day = day(stamp.group("day"));
    if (stamp.group("offset") == null && !utc) {
      return new Stamp(sessionOf(day.atTime(time)), Optional.of(time));
    }
    ZoneOffset offset = offset(stamp.group("offset"));
    if (zone.isPresent()) {
      LocalDateTime there =
          day.atTime(time).atOffset(offset).atZoneSameInstant(zone.get()).toLocalDateTime();
      return new Stamp(sessionOf(there), Optional.of(there.toLocalTime()));
    }
    if (offset.equals(ZoneOffset.UTC)
        && time.getHour() >= EASTERN_MIDNIGHT_HOUR
        && time.getHour() < NEXT_DAY_HOUR) {
      throw new IllegalArgumentException(
          "'%s' may be the midnight of another time zone, and so belong to the next day; name the exchange with --exchange"
              .formatted(text));
    }
    return new Stamp(sessionOf(day.atTime(time)), Optional.of(time));
  }

  /**
   * The session that a local time stamps. A bar that is stamped 22:00 or 23:00 belongs to the next
   * day: it was stamped at midnight of a zone one or two hours to the east, or in summer time.
   */
  static LocalDate sessionOf(LocalDateTime stamp) {
    boolean fullHour = stamp.truncatedTo(ChronoUnit.HOURS).equals(stamp);
    LocalDate day = stamp.toLocalDate();
    return fullHour && stamp.getHour() >= NEXT_DAY_HOUR ? day.plusDays(1) : day;
  }

  private static ZoneOffset offset(String text) {
    return text == null || text.equals("Z") || text.equals("UTC")
        ? ZoneOffset.UTC
        : ZoneOffset.of(text);
  }

  private LocalDate day(String text) {
    List<DateTimeFormatter> formats =
        format.map(named -> List.of(strict(named.pattern()))).orElse(DAYS);
    for (DateTimeFormatter candidate : formats) {
      ParsePosition end = new ParsePosition(0);
      TemporalAccessor parsed = candidate.parseUnresolved(text, end);
      if (parsed != null && end.getIndex() == text.length()) {
        try {
          return LocalDate.parse(text, candidate);
        } catch (DateTimeException e) {
          throw notADay(text, e);
        }
      }
    }
    throw notADay(text, null);
  }

  private IllegalArgumentException notADay(String text, Exception cause) {
    return new IllegalArgumentException(
        format.isPresent()
            ? "'%s' is not a day of the form %s; correct --date-format"
                .formatted(text, format.get())
            : "'%s' is not a day; use 2018-12-31 or 12/31/2018, or name the form of the days, such as --date-format dd/mm/yyyy"
                .formatted(text),
        cause);
  }
}
