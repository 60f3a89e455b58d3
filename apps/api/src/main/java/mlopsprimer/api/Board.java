package mlopsprimer.api;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import mlopsprimer.prices.Ticker;

/**
 * What is served now. Written by one thread, read by all; a reader sees one ticker's answer whole.
 */
final class Board {
  private volatile NavigableMap<Ticker, Served> served = new TreeMap<>();

  Optional<Served> of(Ticker ticker) {
    return Optional.ofNullable(served.get(ticker));
  }

  Set<Ticker> tickers() {
    return served.keySet();
  }

  Map<Ticker, Served> all() {
    return served;
  }

  void put(Ticker ticker, Served newest) {
    NavigableMap<Ticker, Served> next = new TreeMap<>(served);
    next.put(ticker, newest);
    served = next;
  }
}
