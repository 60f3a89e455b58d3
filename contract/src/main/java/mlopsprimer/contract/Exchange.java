package mlopsprimer.contract;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/**
 * A market of the table of exchanges: its time zone, its sessions and their closes. A day is a day
 * in the zone of the market. The table's days are those of the Python package exchange_calendars;
 * before and after the days that the table knows, every usual weekday is a session.
 */
public final class Exchange {
  private final String code;
  private final String description;
  private final ZoneId zone;
  private final boolean floating;
  private final LocalDate firstKnown;
  private final LocalDate lastKnown;
  private final NavigableMap<LocalDate, Set<DayOfWeek>> weekdays;
  private final NavigableMap<LocalDate, Integer> closes;
  private final Map<DayOfWeek, Integer> closesOfWeekdays;
  private final Map<LocalDate, Integer> closesOfDays;
  private final Set<LocalDate> closed;
  private final Set<LocalDate> extra;

  Exchange(ExchangeFacts facts) {
    code = facts.code;
    description = facts.description;
    zone = facts.zone;
    floating = facts.floating;
    firstKnown = facts.firstKnown;
    lastKnown = facts.lastKnown;
    weekdays = facts.weekdays;
    closes = facts.closes;
    closesOfWeekdays = facts.closesOfWeekdays;
    closesOfDays = facts.closesOfDays;
    closed = facts.closed;
    extra = facts.extra;
  }

  /** The code of the market: its ISO 10383 code, or 24/5, 24/7 or weekdays. */
  public String code() {
    return code;
  }

  /** Name of the market for people: London. */
  public String description() {
    return description;
  }

  /** Time zone of the market. The zone of a floating market is only a default. */
  public ZoneId zone() {
    return zone;
  }

  /**
   * Whether the market has no place: its sessions end at midnight in whatever zone the source of
   * the prices gives. Currencies and cryptocurrencies are floating, and so is an unknown exchange.
   */
  public boolean isFloating() {
    return floating;
  }

  /** Whether the table has the holidays of that day. A floating market has no holidays. */
  public boolean knows(LocalDate day) {
    return floating || !(day.isBefore(firstKnown) || day.isAfter(lastKnown));
  }

  /** The last day whose holidays the table has; empty for a floating market. */
  public Optional<LocalDate> lastKnown() {
    return Optional.ofNullable(lastKnown);
  }

  /** Whether the market has a session on that day. */
  public boolean isOpen(LocalDate day) {
    return extra.contains(day)
        || (weekdaysOf(day).contains(day.getDayOfWeek()) && !closed.contains(day));
  }

  /** The weekdays on which sessions are usual, at the time of {@code day}. */
  public Set<DayOfWeek> weekdaysOf(LocalDate day) {
    return weekdays.floorEntry(day).getValue();
  }

  /** End of the session of {@code day} in the market's zone. Midnight is that of the next day. */
  public LocalDateTime closeOf(LocalDate day) {
    Integer minutes = closesOfDays.get(day);
    if (minutes == null) {
      minutes = closesOfWeekdays.get(day.getDayOfWeek());
    }
    return minutes == null ? usualCloseOf(day) : day.atStartOfDay().plusMinutes(minutes);
  }

  /** End of a session that does not end early, at the time of {@code day}. */
  public LocalDateTime usualCloseOf(LocalDate day) {
    return day.atStartOfDay().plusMinutes(closes.floorEntry(day).getValue());
  }

  /** The code, which is the value of the setting {@code exchange}. */
  @Override
  public String toString() {
    return code;
  }
}
