package mlopsprimer.bench;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A session of a market, as exchange_calendars has it.
 *
 * @param day day of the session in the zone of the market
 */
record MarketSession(LocalDate day, Instant start, Instant end) {

  /** Reads a day and two times, such as 2026-11-25 2026-11-25T14:30:00Z 2026-11-25T21:00:00Z. */
  static MarketSession of(String line) {
    String[] words = line.split(" ", -1);
    return new MarketSession(
        LocalDate.parse(words[0]), Instant.parse(words[1]), Instant.parse(words[2]));
  }

  boolean hasStarted(Instant now) {
    return !now.isBefore(start);
  }

  boolean isOver(Instant now) {
    return !now.isBefore(end);
  }
}
