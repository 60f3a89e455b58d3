package mlopsprimer.api.registry;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import mlopsprimer.contract.Ticker;

/**
 * What the aliases name, and what became of it. The poller of the aliases writes the names, the
 * thread that follows the store writes the rest, and any thread reads.
 */
final class AliasBoard {
  private final ConcurrentMap<Ticker, NamedVersion> named = new ConcurrentHashMap<>();
  private final ConcurrentMap<Ticker, AliasUse> uses = new ConcurrentHashMap<>();
  private volatile boolean away;

  /**
   * What the alias of the ticker names; empty if there is no alias, or MLflow was not asked yet.
   */
  Optional<NamedVersion> named(Ticker ticker) {
    return Optional.ofNullable(named.get(ticker));
  }

  /** The tickers that have an alias. */
  Set<Ticker> named() {
    return Collections.unmodifiableSet(named.keySet());
  }

  void setNamed(Ticker ticker, NamedVersion version) {
    named.put(ticker, version);
  }

  void remove(Ticker ticker) {
    named.remove(ticker);
  }

  /** What became of the alias of a ticker; empty if the store has no such ticker. */
  Optional<AliasUse> use(Ticker ticker) {
    return Optional.ofNullable(uses.get(ticker));
  }

  /** Sets what became of an alias and returns what was there before. */
  Optional<AliasUse> setUse(Ticker ticker, AliasUse use) {
    return Optional.ofNullable(uses.put(ticker, use));
  }

  /** Whether MLflow does not answer at the moment. */
  boolean isAway() {
    return away;
  }

  void setAway(boolean isAway) {
    away = isAway;
  }
}
