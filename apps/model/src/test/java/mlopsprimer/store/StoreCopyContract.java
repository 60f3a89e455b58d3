package mlopsprimer.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import mlopsprimer.fixtures.MemoryStorage;
import mlopsprimer.fixtures.Models;
import mlopsprimer.prices.DataSource;
import mlopsprimer.storage.DirectoryStorage;
import mlopsprimer.storage.Storage;
import mlopsprimer.storage.StorageException;
import mlopsprimer.store.CopyResult.ChampionCopy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backup and return: from a directory to a storage, and from there to another directory. */
abstract class StoreCopyContract {
  @TempDir Path directory;
  private Storage backup;
  private ModelStore source;
  private StoreWriter writer;

  /** An empty storage. */
  abstract Storage open();

  @BeforeEach
  void fill() {
    backup = open();
    source = directory("source");
    writer = new StoreWriter(source.ticker(Models.TICKER));
    writer.offerLatest(row(1));
    writer.promote(store(1), "first", Models.NOON);
    writer.promote(store(2), "second", Models.NOON.plusSeconds(2));
    writer.logServed(Models.NOON);
    writer.replaceRealised(
        () -> Optional.of(new RealisedScores(1, 1, 0.2, 0.2, new Estimate(0.0, null, null))));
  }

  @AfterEach
  void close() {
    backup.close();
  }

  @Test
  void aStoreComesBackFromItsBackupByteByByte() {
    ModelStore returned = directory("returned");

    CopyResult result = copy(source, new ModelStore(backup));
    copy(new ModelStore(backup), returned);

    assertThat(result.copied()).isEqualTo(2);
    assertThat(result.champion()).isEqualTo(ChampionCopy.COPIED);
    assertThat(result.problem()).isEmpty();
    assertThat(objects(returned)).hasSize(12).isEqualTo(objects(source));
  }

  @Test
  void aSecondBackupCopiesWhatIsNewAndMovesTheChampion() {
    copy(source, new ModelStore(backup));
    assertThat(copy(source, new ModelStore(backup)).champion()).isEqualTo(ChampionCopy.SAME);
    writer.promote(store(3), "third", Models.NOON.plusSeconds(3));

    CopyResult result = copy(source, new ModelStore(backup));

    assertThat(result.copied()).isEqualTo(1);
    assertThat(result.present()).isEqualTo(2);
    assertThat(result.champion()).isEqualTo(ChampionCopy.COPIED);
    assertThat(objects(new ModelStore(backup))).isEqualTo(objects(source));
  }

  @Test
  void aChampionThatIsNotOlderStaysUnlessItIsOverwritten() {
    ModelStore newer = new ModelStore(backup);
    copy(source, newer);
    StoreWriter there = new StoreWriter(newer.ticker(Models.TICKER));
    String own =
        there
            .promote(
                Models.store(there, 9, Models.NOON.plusSeconds(9)),
                "newer",
                Models.NOON.plusSeconds(9))
            .version();

    CopyResult kept = copy(source, newer);

    assertThat(kept.champion()).isEqualTo(ChampionCopy.KEPT);
    assertThat(kept.problem().orElseThrow())
        .contains("the champion of ^GSPC stays at " + own, "add --overwrite to replace it");
    assertThat(newer.ticker(Models.TICKER).champion().orElseThrow().version()).isEqualTo(own);

    assertThat(new StoreCopy(source, newer, true).copy(Models.TICKER).champion())
        .isEqualTo(ChampionCopy.COPIED);
    assertThat(newer.ticker(Models.TICKER).champion())
        .isEqualTo(source.ticker(Models.TICKER).champion());
  }

  @Test
  void newerRowsAndLinesOfTheDestinationStay() {
    ModelStore to = new ModelStore(backup);
    copy(source, to);
    StoreWriter there = new StoreWriter(to.ticker(Models.TICKER));
    there.offerLatest(row(5));
    there.logServed(Models.NOON.plusSeconds(99));

    new StoreCopy(source, to, true).copy(Models.TICKER);

    assertThat(to.ticker(Models.TICKER).latest().ofSchema(Models.SCHEMA).orElseThrow().row().asOf())
        .isEqualTo(LocalDate.EPOCH.plusDays(5));
    assertThat(objects(to).get("forecasts/%5EGSPC.jsonl").lines()).hasSize(2);
  }

  @Test
  void aDamagedVersionIsLeftOutAndNamed() {
    String damaged = source.ticker(Models.TICKER).versions().get(1);
    replace(source, "versions/%5EGSPC/" + damaged + "/model.bin");

    CopyResult result = copy(source, new ModelStore(backup));

    assertThat(result.damaged()).containsExactly(damaged);
    assertThat(result.problem().orElseThrow()).contains("were left out: " + damaged);
    assertThat(result.champion()).isEqualTo(ChampionCopy.COPIED);
    assertThat(new ModelStore(backup).ticker(Models.TICKER).versions()).doesNotContain(damaged);
  }

  @Test
  void aDamagedChampionIsNotCopied() {
    String damaged = source.ticker(Models.TICKER).versions().get(0);
    replace(source, "versions/%5EGSPC/" + damaged + "/model.bin");

    CopyResult result = copy(source, new ModelStore(backup));

    assertThat(result.champion()).isEqualTo(ChampionCopy.DAMAGED);
    assertThat(new ModelStore(backup).ticker(Models.TICKER).champion()).isEmpty();
  }

  @Test
  void aDamagedVersionOfTheDestinationIsReplaced() {
    ModelStore to = new ModelStore(backup);
    copy(source, to);
    String version = source.ticker(Models.TICKER).versions().get(1);
    replace(to, "versions/%5EGSPC/" + version + "/model.bin");

    copy(source, to);

    assertThat(objects(to)).isEqualTo(objects(source));
  }

  @Test
  void aCopyThatIsStoppedAtAnyRequestIsCompletedByTheNextOne() {
    for (int requests = 0; ; requests++) {
      MemoryStorage stopped = new MemoryStorage();
      AtomicInteger left = new AtomicInteger(requests);
      stopped.before(
          request -> {
            if (left.getAndDecrement() <= 0) {
              throw new StorageException("stopped before " + request);
            }
          });
      boolean done = true;
      try {
        copy(source, new ModelStore(stopped));
      } catch (StorageException e) {
        done = false;
      }
      stopped.before(request -> {});
      TickerStore there = new ModelStore(stopped).ticker(Models.TICKER);
      there.champion().ifPresent(champion -> there.load(champion.version()));

      copy(source, new ModelStore(stopped));

      assertThat(objects(new ModelStore(stopped))).isEqualTo(objects(source));
      if (done) {
        return;
      }
    }
  }

  @Test
  void theCopyIsWholeWhileATrainerPrunesAndPromotes() {
    MemoryStorage busy = new MemoryStorage();
    copy(source, new ModelStore(busy));
    StoreWriter trainer = new StoreWriter(new ModelStore(busy).ticker(Models.TICKER));
    AtomicInteger run = new AtomicInteger(2);
    always(
        busy,
        "read versions/",
        () -> {
          if (run.incrementAndGet() < 6) {
            Instant now = Models.NOON.plusSeconds(run.get());
            trainer.promote(Models.store(trainer, run.get(), now), "busy", now);
            trainer.prune(1, now, now);
          }
        });

    CopyResult result = copy(new ModelStore(busy), new ModelStore(backup));

    TickerStore there = new ModelStore(backup).ticker(Models.TICKER);
    assertThat(result.champion()).isEqualTo(ChampionCopy.COPIED);
    assertThat(there.load(there.champion().orElseThrow().version())).isNotNull();
  }

  @Test
  void aStoreThatIsAwayIsAFailure() {
    MemoryStorage away = new MemoryStorage();
    away.before(
        request -> {
          throw new StorageException("away");
        });

    assertThatThrownBy(() -> copy(source, new ModelStore(away)))
        .isInstanceOf(StorageException.class);
  }

  @Test
  void aTickerThatHasOnlyVersionsIsListed() {
    ModelStore half = directory("half");
    Models.store(new StoreWriter(half.ticker(Models.TICKER)), 1, Models.NOON);

    StoreCopy all = new StoreCopy(half, new ModelStore(backup), false);

    assertThat(all.tickers()).containsExactly(Models.TICKER);
    assertThat(all.copy(Models.TICKER).champion()).isEqualTo(ChampionCopy.NONE);
  }

  private static CopyResult copy(ModelStore from, ModelStore to) {
    StoreCopy copy = new StoreCopy(from, to, false);
    assertThat(copy.tickers()).containsExactly(Models.TICKER);
    return copy.copy(Models.TICKER);
  }

  private ModelStore directory(String name) {
    return new ModelStore(new DirectoryStorage(directory.resolve(name)));
  }

  private String store(long seed) {
    return Models.store(writer, seed, Models.NOON.plusSeconds(seed));
  }

  private static void replace(ModelStore store, String key) {
    store.storage().delete(key);
    store.storage().putIfAbsent(key, "other".getBytes(UTF_8));
  }

  private static void always(MemoryStorage storage, String request, Runnable action) {
    storage.before(
        next -> {
          if (next.startsWith(request)) {
            storage.before(each -> {});
            action.run();
            always(storage, request, action);
          }
        });
  }

  private static Map<String, String> objects(ModelStore store) {
    Map<String, String> objects = new TreeMap<>();
    for (String folder : List.of("champions/", "latest/", "realised/", "forecasts/", "versions/")) {
      for (Storage.Listed object : store.storage().list(folder)) {
        byte[] bytes = store.storage().read(object.key(), 1 << 20).orElseThrow().bytes();
        objects.put(object.key(), new String(bytes, ISO_8859_1));
      }
    }
    return objects;
  }

  private static LatestFeatures.SourcedRow row(int day) {
    return new LatestFeatures.SourcedRow(
        new DataSource("yahoo"), Models.row(LocalDate.EPOCH.plusDays(day)));
  }
}
