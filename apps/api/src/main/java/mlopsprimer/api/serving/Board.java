package mlopsprimer.api.serving;

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
public final class Board {
  private volatile NavigableMap<Ticker, Served> served = new TreeMap<>();
  private volatile Set<Ticker> troubled = Set.of();
  private volatile boolean complete;

  public Optional<Served> of(Ticker ticker) {
    return Optional.ofNullable(served.get(ticker));
  }

  public Set<Ticker> tickers() {
    return served.keySet();
  }

  public Map<Ticker, Served> all() {
    return served;
  }

  public void put(Ticker ticker, Served newest) {
    NavigableMap<Ticker, Served> next = new TreeMap<>(served);
    next.put(ticker, newest);
    served = next;
  }

  /** Whether the store has something of the ticker that cannot be served as it is. */
  public boolean isTroubled(Ticker ticker) {
    return troubled.contains(ticker);
  }

  public void setTroubled(Ticker ticker, boolean isTroubled) {
    Set<Ticker> next = new TreeSet<>(troubled);
    if (isTroubled ? next.add(ticker) : next.remove(ticker)) {
      troubled = next;
    }
  }

  /** Whether all of the store has been looked at; before that, no ticker can be called unknown. */
  public boolean isComplete() {
    return complete;
  }

  public void setComplete() {
    complete = true;
  }

  /** Every ticker that is served or ought to be. */
  public Set<Ticker> known() {
    Set<Ticker> known = new TreeSet<>(troubled);
    known.addAll(served.keySet());
    return known;
  }
}
