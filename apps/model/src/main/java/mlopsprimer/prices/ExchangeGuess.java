package mlopsprimer.prices;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import mlopsprimer.contract.Exchange;
import mlopsprimer.contract.Exchanges;

/**
 * Finds the exchange of a series by its days. Two exchanges differ in their holidays: a series has
 * rows on the holidays of another exchange, and lacks rows on its own holidays.
 */
public final class ExchangeGuess {
  /** Largest share of rows on holidays of an exchange with which the exchange is still guessed. */
  private static final double STRAY_ROWS = 0.005;

  /** Largest share of rows on weekends with which a series still has no sessions on weekends. */
  private static final double WEEKEND_ROWS = 0.01;

  /** Largest share of missing sessions. Holes of whole weeks do not count. */
  private static final double MISSING_ROWS = 0.025;

  /** Largest share of rows on holidays of an exchange that the symbol or the source names. */
  private static final double STRAYS_OF_NAMED = 0.1;

  /** The same for a market without holidays. Currencies miss Christmas and New Year's Day. */
  private static final double MISSING_WITHOUT_HOLIDAYS = 0.012;

  /** Fewest holidays on which a series with holes would have rows, if they were not its own. */
  private static final double FEWEST_HOLIDAYS = 5;

  /** Largest share of these holidays on which such a series has rows. */
  private static final double STRAYS_WITH_HOLES = 0.1;

  private static final Exchange WEEKDAYS = TradingCalendar.WEEKDAYS.exchange();
  private static final Exchange DAILY = TradingCalendar.DAILY.exchange();

  private ExchangeGuess() {}

  /**
   * How the days of a series differ from the sessions of an exchange.
   *
   * @param strays rows on days without a session
   * @param missing sessions without a row, in the weeks of the series
   * @param holidays usual weekdays without a session, in these weeks
   */
  private record Difference(Exchange exchange, int rows, long strays, long missing, long holidays) {
    static Difference of(Exchange exchange, Set<LocalDate> rows) {
      long strays = rows.stream().filter(day -> !exchange.isOpen(day)).count();
      LocalDate first = Collections.min(rows);
      LocalDate last = Collections.max(rows);
      List<LocalDate> usual =
          rows.stream()
              .map(Difference::week)
              .distinct()
              .flatMap(monday -> monday.datesUntil(monday.plusWeeks(1)))
              .filter(day -> !day.isBefore(first) && !day.isAfter(last))
              .filter(
                  day ->
                      exchange.isOpen(day) || exchange.weekdaysOf(day).contains(day.getDayOfWeek()))
              .toList();
      long missing =
          usual.stream().filter(day -> exchange.isOpen(day) && !rows.contains(day)).count();
      long holidays = usual.stream().filter(day -> !exchange.isOpen(day)).count();
      return new Difference(exchange, rows.size(), strays, missing, holidays);
    }

    private static LocalDate week(LocalDate day) {
      return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    boolean isSmall() {
      double most = exchange.isFloating() ? MISSING_WITHOUT_HOLIDAYS : MISSING_ROWS;
      return strays <= rows * STRAY_ROWS && missing <= rows * most;
    }

    /** Whether the rows avoid the holidays of the exchange, so that only holes differ. */
    boolean isOfHoles() {
      double expected = holidays * (double) rows / (rows + missing);
      return strays <= rows * STRAY_ROWS
          && expected >= FEWEST_HOLIDAYS
          && strays <= expected * STRAYS_WITH_HOLES;
    }

    long total() {
      return strays + missing;
    }
  }

  /**
   * Guesses the exchange: of those allowed, the one whose sessions differ least from the days. If
   * every exchange differs much, it is one whose holidays the days avoid, so that a series with
   * holes still has its exchange. Else the result is {@code weekdays}, or {@code 24/7} for a series
   * with weekends.
   *
   * @param allowed exchanges to choose from, such as those of one time zone
   */
  public static Exchange of(List<LocalDate> days, Predicate<Exchange> allowed) {
    Set<LocalDate> rows = Set.copyOf(days);
    List<Difference> places =
        rows.isEmpty()
            ? List.of()
            : Exchanges.all().stream()
                .filter(exchange -> !exchange.equals(WEEKDAYS) && !exchange.equals(DAILY))
                .filter(allowed)
                .map(exchange -> Difference.of(exchange, rows))
                .toList();
    return least(places, Difference::isSmall)
        .or(() -> least(places, Difference::isOfHoles))
        .orElseGet(() -> strays(WEEKDAYS, days) <= days.size() * WEEKEND_ROWS ? WEEKDAYS : DAILY);
  }

  private static Optional<Exchange> least(
      List<Difference> places, Predicate<Difference> condition) {
    return places.stream()
        .filter(condition)
        .min(Comparator.comparingLong(Difference::total)) // of equal ones the first
        .map(Difference::exchange);
  }

  /**
   * Keeps an exchange that a symbol or a source names, unless the days contradict it: more than a
   * tenth of the rows lie on days without a session. Yahoo has rows on some holidays.
   */
  public static Optional<Exchange> confirmed(Optional<Exchange> named, List<LocalDate> days) {
    return named.filter(exchange -> strays(exchange, days) <= days.size() * STRAYS_OF_NAMED);
  }

  private static long strays(Exchange exchange, List<LocalDate> days) {
    return days.stream().filter(day -> !exchange.isOpen(day)).count();
  }
}
