package mlopsprimer.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mlopsprimer.contract.SettingGroup.Spelling;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.contract.Ticker;
import mlopsprimer.contract.TrainerSettings;
import mlopsprimer.features.FeatureTable;
import mlopsprimer.fixtures.MemoryStorage;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.storage.DirectoryStorage;
import mlopsprimer.storage.Storage;
import mlopsprimer.store.Champion;
import mlopsprimer.store.ModelStore;
import mlopsprimer.store.TickerStore;
import mlopsprimer.trainer.evaluation.Report;
import mlopsprimer.trainer.evaluation.WalkForward;
import mlopsprimer.trainer.weka.ForestSettings;
import mlopsprimer.trainer.weka.WekaForestTrainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that publish models of one ticker at the same time. */
class PublisherTest {
  private static final PriceSeries NEWER = Prices.years(2);
  private static final PriceSeries OLDER = NEWER.upTo(NEWER.lastDay().minusDays(1));

  @TempDir Path directory;
  private final MemoryStorage storage = new MemoryStorage();
  private final TickerStore store = store(storage);
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void theDecisionIsMadeAgainOnTheChampionOfAnotherRun() {
    publish(store, OLDER, "--seed=1");
    List<String> other = new ArrayList<>();
    once("put champions/", () -> other.add(publish(store, OLDER, "--seed=2").version()));

    Publication publication = publish(store, OLDER, "--seed=3");

    Champion champion = store.champion().orElseThrow();
    assertThat(champion.version()).isEqualTo(publication.version());
    assertThat(champion.previous()).isEqualTo(other.get(0));
  }

  @Test
  void aModelOfOlderPricesDoesNotReplaceOneOfNewerPricesThatWasPromotedMeanwhile() {
    publish(store, OLDER, "--seed=1");
    List<String> other = new ArrayList<>();
    once("put champions/", () -> other.add(publish(store, NEWER, "--seed=2").version()));

    Publication publication = publish(store, OLDER, "--seed=3");

    assertThat(publication.verdict().promoted()).isFalse();
    assertThat(store.manifest(publication.version()).verdict())
        .isEqualTo(publication.verdict().toString())
        .contains("its prices end on " + OLDER.lastDay());
    assertThat(store.champion().orElseThrow().version()).isEqualTo(other.get(0));
    assertThat(store.latest().rows().values().iterator().next().row().asOf())
        .isEqualTo(NEWER.lastDay());
  }

  @Test
  void aRunAsOfADayDoesNotReplaceTheFirstChampionOfAnotherRun() {
    List<String> other = new ArrayList<>();
    once("put champions/", () -> other.add(publish(store, NEWER, "--seed=2").version()));

    Publication publication = publish(store, OLDER, "--seed=3", "--as-of=" + OLDER.lastDay());

    assertThat(publication.verdict().promoted()).isFalse();
    assertThat(store.champion().orElseThrow().version()).isEqualTo(other.get(0));
  }

  @Test
  void runsAtTheSameTimeLoseNoVersionAndNoLine() throws Exception {
    Storage shared = new DirectoryStorage(directory);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Callable<Publication>> all = new ArrayList<>();
      for (String seed : List.of("--seed=1", "--seed=2", "--seed=3")) {
        all.add(() -> publish(store(new DirectoryStorage(directory)), OLDER, seed));
      }
      for (Future<Publication> run : threads.invokeAll(all)) {
        assertThat(store(shared).load(run.get().version())).isNotNull();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(store(shared).versions()).hasSize(3);
    Champion champion = store(shared).champion().orElseThrow();
    assertThat(store(shared).versions()).contains(champion.version());
    byte[] log = shared.read("forecasts/SPY.jsonl", 1 << 20).orElseThrow().bytes();
    assertThat(new String(log, UTF_8)).hasLineCount(3);
  }

  private Publication publish(TickerStore to, PriceSeries prices, String... arguments) {
    SettingValues settings =
        TrainerSettings.ALL.read(
            Spelling.FLAG,
            SettingValues.lookupIn(
                Stream.concat(Stream.of("--trees=40"), Stream.of(arguments)).toList()));
    FeatureTable table = FeatureTable.of(prices);
    Report report =
        new WalkForward(
                new WekaForestTrainer(ForestSettings.of(settings)),
                1,
                settings.get(TrainerSettings.SEED),
                step -> {})
            .evaluate(table);
    Clock clock = Clock.offset(Prices.MONDAY_NOON, Duration.ofMinutes(runs.incrementAndGet()));
    return new Publisher(to, settings, Map.of("trainer", "test"), clock, clock.instant())
        .publish(prices, table, report);
  }

  private void once(String request, Runnable action) {
    storage.before(
        next -> {
          if (next.startsWith(request)) {
            storage.before(each -> {});
            action.run();
          }
        });
  }

  private static TickerStore store(Storage storage) {
    return new ModelStore(storage).ticker(Ticker.of("SPY"));
  }
}
