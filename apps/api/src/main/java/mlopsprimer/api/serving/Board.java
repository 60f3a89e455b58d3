package mlopsprimer.api.serving;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import mlopsprimer.contract.Ticker;

/**
 * The forecast that is served for each ticker. One thread writes and any number of threads read; a
 * reader sees the old or the new forecast of a ticker, never a mixture.
 */
public final class Board {
  private volatile NavigableMap<Ticker, Forecast> forecasts = new TreeMap<>();
  private volatile Set<Ticker> troubled = Set.of();
  private volatile boolean complete;

  /** Empty if no forecast of the ticker is served. */
  public Optional<Forecast> of(Ticker ticker) {
    return Optional.ofNullable(forecasts.get(ticker));
  }

  /** The tickers whose forecast is served, in order. */
  public Set<Ticker> tickers() {
    return forecasts.keySet();
  }

  Map<Ticker, Forecast> all() {
    return forecasts;
  }

  void put(Ticker ticker, Forecast forecast) {
    NavigableMap<Ticker, Forecast> next = new TreeMap<>(forecasts);
    next.put(ticker, forecast);
    forecasts = next;
  }

  /** Whether the store holds something of the ticker that is damaged or missing. */
  public boolean isTroubled(Ticker ticker) {
    return troubled.contains(ticker);
  }

  void setTroubled(Ticker ticker, boolean isTroubled) {
    Set<Ticker> next = new TreeSet<>(troubled);
    if (isTroubled ? next.add(ticker) : next.remove(ticker)) {
      troubled = next;
    }
  }

  /** Whether the whole store has been read once. Until then, no ticker can be called unknown. */
  public boolean isComplete() {
    return complete;
  }

  void setComplete() {
    complete = true;
  }

  /** The tickers that are served, and those that are troubled. */
  Set<Ticker> known() {
    Set<Ticker> known = new TreeSet<>(troubled);
    known.addAll(forecasts.keySet());
    return known;
  }
}
