package mlopsprimer.api.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import mlopsprimer.contract.Ticker;
import mlopsprimer.mlflow.TrainersMark;

/** A registry in memory that counts what it is asked. */
final class FakeRegistry implements AliasSource {
  final AtomicInteger questions = new AtomicInteger();
  final AtomicInteger reads = new AtomicInteger();
  private final SortedMap<Ticker, Alias> aliases = new TreeMap<>();
  private final Map<String, String[]> tags = new ConcurrentHashMap<>();
  private volatile boolean away;

  /** Adds a model version with both tags. */
  void version(String ticker, int number, String version, String sha256) {
    tags.put(ticker + "/" + number, new String[] {version, sha256});
  }

  /**
   * Sets an alias.
   *
   * @param mark number of the model version that the trainer set the alias to; 0 for none
   */
  synchronized void alias(String ticker, int number, int mark) {
    Ticker of = Ticker.of(ticker);
    String[] marked = tags.get(ticker + "/" + mark);
    aliases.put(
        of,
        new Alias(
            of, number, marked == null ? TrainersMark.NONE : TrainersMark.of(mark, marked[0])));
  }

  synchronized void delete(String ticker) {
    aliases.remove(Ticker.of(ticker));
  }

  void setAway(boolean isAway) {
    away = isAway;
  }

  @Override
  public synchronized List<Alias> aliases() {
    questions.incrementAndGet();
    if (away) {
      throw new RegistryAwayException("the registry is away", null);
    }
    return new ArrayList<>(aliases.values());
  }

  @Override
  public NamedVersion version(Alias alias) {
    reads.incrementAndGet();
    String[] found = tags.get(alias.ticker() + "/" + alias.number());
    return found == null
        ? NamedVersion.unusable(alias, "no tags")
        : NamedVersion.of(alias, found[0], found[1]);
  }
}
