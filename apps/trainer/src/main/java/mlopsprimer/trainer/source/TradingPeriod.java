package mlopsprimer.trainer.source;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The session that Yahoo calls the current one: the session of today, or the last or next one on a
 * day without a session.
 *
 * @param day day of the session
 * @param end end of the session
 */
record TradingPeriod(LocalDate day, Instant end) {
  private static final Duration LONGEST = Duration.ofHours(25);

  /**
   * A session from {@code startSecond} to {@code endSecond}, in seconds since 1970; empty if the
   * times are impossible.
   *
   * @param zone time zone of the exchange
   */
  static Optional<TradingPeriod> of(long startSecond, long endSecond, ZoneId zone) {
    try {
      Instant start = Instant.ofEpochSecond(startSecond);
      Instant end = Instant.ofEpochSecond(endSecond);
      boolean possible = start.isBefore(end) && !start.plus(LONGEST).isBefore(end);
      return possible
          ? Optional.of(
              new TradingPeriod(DayReader.sessionOf(start.atZone(zone).toLocalDateTime()), end))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whether the session of a day is over; empty if the period does not say so. */
  Optional<Boolean> isOver(LocalDate other, Instant now) {
    if (other.isAfter(day)) {
      return Optional.empty();
    }
    return Optional.of(other.isBefore(day) || !now.isBefore(end));
  }
}
