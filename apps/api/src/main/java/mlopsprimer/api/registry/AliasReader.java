package mlopsprimer.api.registry;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.api.serving.ChampionReader;
import mlopsprimer.api.serving.ForecastLoader;
import mlopsprimer.api.serving.ServedForecast;
import mlopsprimer.contract.Ticker;
import mlopsprimer.storage.StorageException;
import mlopsprimer.store.Champion;
import mlopsprimer.store.TickerStore;
import mlopsprimer.store.UnreadableObjectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the version that the alias of a ticker names where the alias decides, and otherwise what
 * the champion pointer names. The {@link AliasPoller} brings the aliases in a thread of its own;
 * the thread that follows the store decides and reads.
 */
final class AliasReader implements ChampionReader {
  private static final Logger LOG = LoggerFactory.getLogger(AliasReader.class);

  private final AliasBoard board;
  private final AliasGauges gauges;
  private final Duration retry;
  private final Map<Ticker, AliasPrecedence> precedences = new HashMap<>();
  private final Map<Ticker, Decision> decisions = new HashMap<>();

  /**
   * @param retry time after which a version that could not be read is tried again
   */
  AliasReader(AliasBoard board, AliasGauges gauges, Duration retry) {
    this.board = board;
    this.gauges = gauges;
    this.retry = retry;
  }

  @Override
  public boolean isSettled(Ticker ticker) {
    Decision last = decisions.get(ticker);
    if (last == null) {
      return true; // without a pointer nothing is served
    }
    if (last.isOf(board.named(ticker).orElse(null))) {
      return !last.use().isProblem() || System.nanoTime() - last.atNanos() <= retry.toNanos();
    }
    Decision now = decide(ticker, last.pointer());
    if (!now.isSameVersion(last)) {
      return false;
    }
    conclude(ticker, now);
    return true;
  }

  @Override
  public Optional<ServedForecast> read(TickerStore store) {
    Optional<Champion> pointer = store.champion();
    if (pointer.isEmpty()) {
      decisions.remove(store.ticker());
    }
    return pointer.map(champion -> read(store, champion));
  }

  private ServedForecast read(TickerStore store, Champion pointer) {
    Decision decision = decide(store.ticker(), pointer);
    if (decision.byAlias()) {
      try {
        NamedVersion alias = decision.alias();
        ServedForecast forecast = ForecastLoader.ofAlias(store, alias.version(), alias.sha256());
        conclude(store.ticker(), decision);
        return forecast;
      } catch (RuntimeException e) { // a damaged object can cause any exception
        if (e instanceof StorageException && !(e instanceof UnreadableObjectException)) {
          throw e; // the storage failed, and the version may be good
        }
        decision = decision.refused(String.valueOf(e.getMessage()));
        precedences.get(store.ticker()).forget();
      }
    }
    conclude(store.ticker(), decision);
    return ForecastLoader.champion(store, pointer);
  }

  private Decision decide(Ticker ticker, Champion pointer) {
    NamedVersion alias = board.named(ticker).orElse(null);
    AliasPrecedence precedence =
        precedences.computeIfAbsent(ticker, unused -> new AliasPrecedence());
    String problem = alias == null ? "" : problem(alias, pointer);
    boolean byAlias = false;
    if (alias == null || !problem.isEmpty()) {
      precedence.forget();
    } else {
      byAlias = precedence.decides(alias, pointer);
    }
    return new Decision(pointer, alias, byAlias, problem, System.nanoTime());
  }

  /** Why an alias cannot be served, as far as it can be told without a look into the store. */
  private static String problem(NamedVersion alias, Champion pointer) {
    return !alias.sha256().isEmpty()
            && alias.version().equals(pointer.version())
            && !alias.sha256().equals(pointer.sha256())
        ? "the tags of the model version name another model: version=%s sha256=%s expected=%s; correct the tags, or set the alias to another version"
            .formatted(alias.version(), alias.sha256(), pointer.sha256())
        : alias.problem();
  }

  private void conclude(Ticker ticker, Decision decision) {
    decisions.put(ticker, decision);
    AliasUse use = decision.use();
    Optional<AliasUse> before = board.setUse(ticker, use);
    if (before.isEmpty()) {
      gauges.add(ticker);
    }
    if (use.isProblem() && !before.equals(Optional.of(use))) {
      LOG.atWarn()
          .addKeyValue("ticker", ticker)
          .addKeyValue("modelVersion", use.number())
          .addKeyValue("serving", decision.pointer().version())
          .addKeyValue("cause", use.problem())
          .log("alias-unusable");
    }
  }
}
