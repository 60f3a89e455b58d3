package mlopsprimer.prices;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import mlopsprimer.contract.Exchange;
import mlopsprimer.contract.Exchanges;

/**
 * Sessions of a market: the days on which it is open, and the time at which a session ends.
 *
 * @param exchange the market, from the table of exchanges
 * @param close the usual end of a session in the zone of the prices, if the source of the prices
 *     names another one than the table
 * @param unusual end of one session in the zone of the prices, if the source of the prices names
 *     another one than the table for that session only
 */
public record TradingCalendar(
    Exchange exchange, Optional<LocalTime> close, Optional<LocalDateTime> unusual) {
  /** New York Stock Exchange. */
  public static final TradingCalendar NYSE = of(Exchanges.of("XNYS"));

  /**
   * Monday to Friday without holidays; a session ends at midnight. An exchange that the table lacks
   * has this calendar.
   */
  public static final TradingCalendar WEEKDAYS = of(Exchanges.of("weekdays"));

  /** Every day of the week; a session ends at midnight. Cryptocurrencies have this calendar. */
  public static final TradingCalendar DAILY = of(Exchanges.of("24/7"));

  private static final Exchange CURRENCIES = Exchanges.of("24/5");
  private static final MonthDay CHRISTMAS_DAY = MonthDay.of(12, 25);
  private static final MonthDay NEW_YEARS_DAY = MonthDay.of(1, 1);

  /** Before the usual close and before an unusual one, in the name of a calendar. */
  private static final String AT = "@";

  public TradingCalendar {
    Objects.requireNonNull(exchange, "exchange");
    Objects.requireNonNull(close, "close");
    Objects.requireNonNull(unusual, "unusual");
  }

  /** The calendar of an exchange, with the closes of the table. */
  public static TradingCalendar of(Exchange exchange) {
    return new TradingCalendar(exchange, Optional.empty(), Optional.empty());
  }

  /** Whether the market has a session on that day. */
  public boolean isOpen(LocalDate day) {
    return exchange.isOpen(day);
  }

  /**
   * End of the session of {@code day}.
   *
   * @param zone time zone of the prices. A market without a place, such as a currency, ends its
   *     sessions at midnight in that zone. Other markets have a zone of their own.
   */
  public Instant closeOf(LocalDate day, ZoneId zone) {
    if (unusual.isPresent() && unusual.get().toLocalDate().equals(day)) {
      return unusual.get().atZone(zone).toInstant();
    }
    Instant table =
        exchange.closeOf(day).atZone(exchange.isFloating() ? zone : exchange.zone()).toInstant();
    if (close.isEmpty()) {
      return table;
    }
    Instant named = day.atTime(close.get()).atZone(zone).toInstant();
    return closesEarly(day) && table.isBefore(named) ? table : named;
  }

  private boolean closesEarly(LocalDate day) {
    return exchange.closeOf(day).isBefore(exchange.usualCloseOf(day));
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

  /** Lists the sessions from {@code from} to {@code to}, both included. */
  public List<LocalDate> sessionsBetween(LocalDate from, LocalDate to) {
    return from.isAfter(to)
        ? List.of()
        : from.datesUntil(to.plusDays(1)).filter(this::isOpen).toList();
  }

  /** Whether the table of exchanges has the holidays of that day. */
  public boolean knows(LocalDate day) {
    return exchange.knows(day);
  }

  /**
   * Whether nothing is known about holidays on that day: the day is beyond the table, or the table
   * lacks the exchange. Currencies and cryptocurrencies are known to trade on all their weekdays.
   */
  public boolean lacksHolidaysOf(LocalDate day) {
    return exchange.equals(WEEKDAYS.exchange) || !exchange.knows(day);
  }

  /**
   * Whether some sources have a price of that day and some have none, so that a missing price means
   * nothing: Christmas Day and New Year's Day of currencies.
   */
  public boolean isOptional(LocalDate day) {
    MonthDay inYear = MonthDay.from(day);
    return exchange.equals(CURRENCIES)
        && (inYear.equals(CHRISTMAS_DAY) || inYear.equals(NEW_YEARS_DAY));
  }

  /**
   * This calendar with the close that a source of prices names for the session of {@code day}.
   *
   * <p>The close becomes the usual one if it is later than that of the table, because a source may
   * count a closing auction or a later trading phase. For an exchange that the table lacks, any
   * close becomes the usual one. An earlier close, or a close on a day whose session the table ends
   * early, holds for that day only, and is kept if that session is not over. A session that the
   * table lacks changes nothing, such as one on the evening of a holiday.
   *
   * @param end end of the session of {@code day}, according to the source
   * @param zone time zone of the prices
   * @param now a session that is over by now needs no close of its own
   */
  public TradingCalendar withClose(LocalDate day, Instant end, ZoneId zone, Instant now) {
    LocalDateTime local = end.atZone(zone).toLocalDateTime().truncatedTo(ChronoUnit.MINUTES);
    Instant ofTable = closeOf(day, zone);
    // Yahoo ends a session of 24 hours at 23:59.
    boolean same = !end.plusSeconds(60).isBefore(ofTable) && !end.isAfter(ofTable);
    if (same || !isOpen(day) || !local.toLocalDate().equals(day)) {
      return this;
    }
    boolean usual = exchange.closeOf(day).equals(exchange.usualCloseOf(day));
    if (exchange.equals(WEEKDAYS.exchange) || (usual && end.isAfter(ofTable))) {
      return new TradingCalendar(exchange, Optional.of(local.toLocalTime()), unusual);
    }
    return end.isAfter(now) ? new TradingCalendar(exchange, close, Optional.of(local)) : this;
  }

  /**
   * Name of the calendar in manifests: the code of the exchange, such as XLON, and the closes that
   * the source of the prices named: XLON@17:00 for a usual close, XLON@2026-11-25T13:00 for that of
   * one session.
   */
  public String label() {
    return exchange.code()
        + close.map(time -> AT + time).orElse("")
        + unusual.map(time -> AT + time).orElse("");
  }

  /**
   * Reads the name of a calendar. Older stores have the names nyse, weekdays and daily.
   *
   * @throws IllegalArgumentException if no calendar has that name
   */
  public static TradingCalendar ofLabel(String label) {
    List<String> parts = List.of(label.split(AT, -1));
    Exchange exchange =
        switch (parts.get(0)) {
          case "nyse" -> NYSE.exchange();
          case "daily" -> DAILY.exchange();
          default -> Exchanges.of(parts.get(0));
        };
    List<String> closes = new ArrayList<>(parts.subList(1, parts.size()));
    Optional<LocalTime> close = Optional.empty();
    if (!closes.isEmpty() && !closes.get(0).contains("T")) {
      close = Optional.of(time(closes.remove(0), LocalTime::parse));
    }
    Optional<LocalDateTime> unusual = Optional.empty();
    if (!closes.isEmpty()) {
      unusual = Optional.of(time(String.join(AT, closes), LocalDateTime::parse));
    }
    return new TradingCalendar(exchange, close, unusual);
  }

  private static <T> T time(String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a time in the name of a calendar: " + text, e);
    }
  }
}
