package mlopsprimer.trainer.source;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import mlopsprimer.contract.Exchange;
import mlopsprimer.prices.ExchangeGuess;

/**
 * The stamps of a file whose bars all have the same time of day, or two in a year, and no offset.
 * Such a time may be the local close of the exchange, its midnight in UTC, or its close in the time
 * zone of somebody else; the last two may belong to another day than the one that is written.
 *
 * @param texts the cells with the stamps
 * @param times the times of day; empty if the days are certain
 */
record LocalStamps(List<String> texts, Set<LocalTime> times) {
  /** Times before this one are after midnight in most zones, so that the day is right. */
  private static final LocalTime EARLIEST = LocalTime.of(10, 0);

  /** Standard time and summer time. */
  private static final int MOST_TIMES = 2;

  static LocalStamps of(List<String> texts) {
    Set<LocalTime> times = new TreeSet<>();
    for (String text : texts) {
      Optional<LocalTime> time = DayReader.timeWithoutOffset(text);
      if (time.filter(found -> !found.isBefore(EARLIEST)).isEmpty()) {
        return new LocalStamps(texts, Set.of());
      }
      times.add(time.get());
      if (times.size() > MOST_TIMES) {
        return new LocalStamps(texts, Set.of());
      }
    }
    return new LocalStamps(texts, times);
  }

  /**
   * Reads the stamps as UTC if this gives the sessions of the exchange, and the days as they are
   * written do not.
   *
   * @param exchange the exchange that the user has named
   */
  DayReader reader(DayReader written, Optional<Exchange> exchange) {
    DayReader utc = written.inUtc();
    return times.isEmpty() || exchange.isEmpty() || fits(written, exchange) || !fits(utc, exchange)
        ? written
        : utc;
  }

  private boolean fits(DayReader reader, Optional<Exchange> exchange) {
    List<LocalDate> days = new ArrayList<>();
    for (String text : texts) {
      try {
        days.add(reader.read(text).day());
      } catch (IllegalArgumentException | DateTimeException e) {
        return false; // CsvRows refuses the row with its line
      }
    }
    return ExchangeGuess.confirmed(exchange, days).isPresent();
  }
}
