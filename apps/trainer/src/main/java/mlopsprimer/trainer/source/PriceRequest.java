package mlopsprimer.trainer.source;

import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.Optional;
import mlopsprimer.contract.Ticker;

/**
 * Which prices are wanted.
 *
 * @param history how much of it, counted back from the newest row
 * @param asOf the last day to use; empty for all
 * @param allowStale whether the newest row may be old
 * @param patience how long to keep trying
 */
public record PriceRequest(
    Ticker ticker,
    Period history,
    Optional<LocalDate> asOf,
    boolean allowStale,
    Duration patience) {

  /** The same request, for somebody with less patience. */
  PriceRequest within(Duration limit) {
    Duration shorter = limit.compareTo(patience) < 0 ? limit : patience;
    return new PriceRequest(ticker, history, asOf, allowStale, shorter);
  }
}
