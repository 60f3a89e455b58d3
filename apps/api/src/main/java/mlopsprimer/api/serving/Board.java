package mlopsprimer.api.serving;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import mlopsprimer.contract.Ticker;

/**
 * Holds the forecast that is served for each ticker. One thread writes and any number of threads
 * read. A reader sees either the old or the new forecast of a ticker.
 */
public final class Board {
  // A copy of the map for every new forecast would make the loading of n tickers quadratic in n.
  private final NavigableMap<Ticker, ServedForecast> forecasts = new ConcurrentSkipListMap<>();
  private final NavigableSet<Ticker> troubled = new ConcurrentSkipListSet<>();
  private final StoreContact contact;
  private volatile boolean complete;

  public Board() {
    this(StoreContact.PATIENCE);
  }

  /**
   * @param patience time without an answer of the store after which it is away
   */
  Board(Duration patience) {
    contact = new StoreContact(patience);
  }

  /** The forecast that is served for the ticker; empty if there is none. */
  public Optional<ServedForecast> of(Ticker ticker) {
    return Optional.ofNullable(forecasts.get(ticker));
  }

  /** The tickers that have a forecast, in alphabetical order. */
  public Set<Ticker> tickers() {
    return Collections.unmodifiableSet(forecasts.keySet());
  }

  /** The forecasts of all tickers after this one, in the order of the tickers. */
  public Collection<ServedForecast> after(Ticker ticker) {
    return Collections.unmodifiableCollection(forecasts.tailMap(ticker, false).values());
  }

  /** The forecasts of all tickers, in the order of the tickers. */
  public Collection<ServedForecast> forecasts() {
    return Collections.unmodifiableCollection(forecasts.values());
  }

  Map<Ticker, ServedForecast> all() {
    return Collections.unmodifiableMap(forecasts);
  }

  void put(Ticker ticker, ServedForecast forecast) {
    forecasts.put(ticker, forecast);
  }

  /** Whether the champion or the feature row of the ticker is unreadable or missing. */
  public boolean isTroubled(Ticker ticker) {
    return troubled.contains(ticker);
  }

  void setTroubled(Ticker ticker, boolean isTroubled) {
    if (isTroubled) {
      troubled.add(ticker);
    } else {
      troubled.remove(ticker);
    }
  }

  /**
   * Whether the poller has read the whole store once. Before that, a ticker without a forecast may
   * still be in the store.
   */
  public boolean isComplete() {
    return complete;
  }

  void setComplete() {
    complete = true;
  }

  /**
   * Whether the store cannot be read at the moment. What was loaded before is still on the board,
   * and may be out of date.
   */
  public boolean isStoreAway() {
    return contact.isAway();
  }

  StoreContact contact() {
    return contact;
  }

  /** The tickers that have a forecast, and the troubled tickers. */
  Set<Ticker> known() {
    Set<Ticker> known = new TreeSet<>(troubled);
    known.addAll(forecasts.keySet());
    return known;
  }
}
