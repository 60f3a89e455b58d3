package mlopsprimer.api;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import mlopsprimer.contract.Ticker;

/**
 * What is served now. Written by one thread, read by all; a reader sees one ticker's answer whole.
 */
final class Board {
  private volatile NavigableMap<Ticker, Served> served = new TreeMap<>();
  private volatile Set<Ticker> troubled = Set.of();
  private volatile boolean complete;

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

  /** Whether the store has something of the ticker that cannot be served as it is. */
  boolean isTroubled(Ticker ticker) {
    return troubled.contains(ticker);
  }

  void setTroubled(Ticker ticker, boolean isTroubled) {
    Set<Ticker> next = new TreeSet<>(troubled);
    if (isTroubled ? next.add(ticker) : next.remove(ticker)) {
      troubled = next;
    }
  }

  /** Whether all of the store has been looked at; before that, no ticker can be called unknown. */
  boolean isComplete() {
    return complete;
  }

  void setComplete() {
    complete = true;
  }

  /** Every ticker that is served or ought to be. */
  Set<Ticker> known() {
    Set<Ticker> known = new TreeSet<>(troubled);
    known.addAll(served.keySet());
    return known;
  }
}
