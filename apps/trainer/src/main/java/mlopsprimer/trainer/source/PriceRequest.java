package mlopsprimer.trainer.source;

import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.Optional;
import mlopsprimer.contract.Ticker;

/**
 * Request for prices.
 *
 * @param history length of the series, counted back from its newest row
 * @param asOf last day to use; empty for the newest day
 * @param allowStale whether the newest row may be a week of sessions old or older
 * @param patience longest time that a source may take
 */
public record PriceRequest(
    Ticker ticker,
    Period history,
    Optional<LocalDate> asOf,
    boolean allowStale,
    Duration patience) {

  /** Limits the patience of this request. */
  PriceRequest within(Duration limit) {
    Duration shorter = limit.compareTo(patience) < 0 ? limit : patience;
    return new PriceRequest(ticker, history, asOf, allowStale, shorter);
  }
}
