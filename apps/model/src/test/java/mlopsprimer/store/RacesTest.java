package mlopsprimer.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import mlopsprimer.fixtures.MemoryStorage;
import mlopsprimer.fixtures.Models;
import mlopsprimer.forest.CorruptModelException;
import mlopsprimer.prices.DataSource;
import mlopsprimer.storage.StorageException;
import org.junit.jupiter.api.Test;

/** What happens between two requests of a writer. */
class RacesTest {
  private static final Instant LATER = Models.NOON.plusSeconds(3600);
  private static final DataSource YAHOO = new DataSource("yahoo");

  private final MemoryStorage storage = new MemoryStorage();
  private final TickerStore store = new ModelStore(storage).ticker(Models.TICKER);
  private final StoreWriter writer = new StoreWriter(store);

  @Test
  void anOlderRowDoesNotReplaceANewerOneThatAnotherRunHasJustStored() {
    once("put latest/", () -> writer.offerLatest(row(2)));

    writer.offerLatest(row(1));

    assertThat(store.latest().ofSchema(Models.SCHEMA).orElseThrow().row().asOf())
        .isEqualTo(LocalDate.EPOCH.plusDays(2));
  }

  @Test
  void aLineThatAnotherRunAppendedMeanwhileStays() {
    writer.promote(store(1), "first", Models.NOON);
    writer.offerLatest(row(1));
    once("put forecasts/", () -> writer.logServed(Models.NOON));

    writer.logServed(LATER);

    assertThat(text("forecasts/%5EGSPC.jsonl").lines()).hasSize(2);
  }

  @Test
  void theScoresAreComputedAgainIfAnotherRunReplacedThem() {
    AtomicInteger computed = new AtomicInteger();
    once("put realised/", () -> writer.replaceRealised(() -> scores(9)));

    writer.replaceRealised(() -> scores(computed.incrementAndGet()));

    assertThat(store.realised().orElseThrow().forecasts()).isEqualTo(2);
  }

  @Test
  void aWriterThatNeverWinsGivesUp() {
    AtomicInteger day = new AtomicInteger();
    always("put latest/", () -> writer.offerLatest(row(day.incrementAndGet())));

    assertThatThrownBy(() -> writer.offerLatest(row(5000)))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("other runs kept changing an object")
        .hasMessageContaining("path=memory/latest/%5EGSPC.json attempts=50");
  }

  @Test
  void aVersionThatBecomesTheChampionWhileItIsPrunedStays() {
    String old = store(1);
    store(2);
    once("delete ", () -> writer.promote(old, "rolled back", Models.NOON));

    assertThat(writer.prune(1, LATER, LATER)).isEmpty();

    assertThat(store.load(store.champion().orElseThrow().version()).id()).isEqualTo(old);
  }

  @Test
  void aVersionThatIsPrunedWhileItBecomesTheChampionIsNotTheChampion() {
    String old = store(1);
    String served = store(2);
    store(3);
    writer.promote(served, "first", Models.NOON);
    once("put champions/", () -> writer.prune(1, LATER, LATER));

    assertThatThrownBy(() -> writer.promote(old, "rolled back", Models.NOON))
        .isInstanceOf(CorruptModelException.class)
        .hasMessageContaining("no such version");

    assertThat(store.champion().orElseThrow().version()).isEqualTo(served);
  }

  @Test
  void aVersionThatBecomesTheChampionWhileItIsPrunedStaysIfTheChampionCannotBeRead() {
    String old = store(1);
    store(2);
    once(
        "delete ",
        () -> {
          writer.promote(old, "rolled back", Models.NOON);
          storage.before(
              request -> {
                if (request.startsWith("read champions/")) {
                  throw new StorageException("busy");
                }
              });
        });

    assertThatThrownBy(() -> writer.prune(1, LATER, LATER)).hasMessage("busy");
    storage.before(request -> {});

    assertThat(store.load(store.champion().orElseThrow().version()).id()).isEqualTo(old);
  }

  @Test
  void aRunThatIsKilledAtAnyRequestLeavesAStoreThatCanBeRead() {
    for (int requests = 0; ; requests++) {
      MemoryStorage killed = new MemoryStorage();
      TickerStore of = new ModelStore(killed).ticker(Models.TICKER);
      train(new StoreWriter(of), 1);
      AtomicInteger left = new AtomicInteger(requests);
      killed.before(
          request -> {
            if (left.getAndDecrement() <= 0) {
              throw new StorageException("killed before " + request);
            }
          });
      boolean done = true;
      try {
        train(new StoreWriter(of), 2);
      } catch (StorageException e) {
        done = false;
      }
      killed.before(request -> {});

      Champion champion = of.champion().orElseThrow();
      assertThat(of.load(champion.version()).id()).isEqualTo(champion.version());
      assertThat(of.versions()).allSatisfy(version -> assertThat(of.load(version)).isNotNull());
      train(new StoreWriter(of), 2);
      assertThat(of.champion().orElseThrow().version()).isEqualTo(of.versions().get(0));
      if (done) {
        return;
      }
    }
  }

  private static void train(StoreWriter writer, int seed) {
    Instant time = Models.NOON.plusSeconds(seed);
    String version = Models.store(writer, seed, time);
    writer.offerLatest(row(seed));
    writer.promote(version, "run", time);
    writer.logServed(time);
    writer.prune(1, time, time);
  }

  /** Runs an action before the first request that starts with this text. */
  private void once(String request, Runnable action) {
    storage.before(
        next -> {
          if (next.startsWith(request)) {
            storage.before(each -> {});
            action.run();
          }
        });
  }

  private void always(String request, Runnable action) {
    storage.before(
        next -> {
          if (next.startsWith(request)) {
            storage.before(each -> {});
            action.run();
            always(request, action);
          }
        });
  }

  private String store(long seed) {
    return Models.store(writer, seed, Models.NOON.plusSeconds(seed));
  }

  private String text(String key) {
    return new String(storage.read(key, 1 << 20).orElseThrow().bytes(), UTF_8);
  }

  private static LatestFeatures.SourcedRow row(int day) {
    return new LatestFeatures.SourcedRow(YAHOO, Models.row(LocalDate.EPOCH.plusDays(day)));
  }

  private static Optional<RealisedScores> scores(int forecasts) {
    return Optional.of(new RealisedScores(forecasts, 1, 0.2, 0.2, new Estimate(0.0, null, null)));
  }
}
