package mlopsprimer.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mlopsprimer.contract.Ticker;
import mlopsprimer.fixtures.Models;
import mlopsprimer.forest.CorruptModelException;
import mlopsprimer.forest.ModelFormat;
import mlopsprimer.prices.DataSource;
import mlopsprimer.storage.Storage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the model store promises on every storage. A subclass per storage runs these tests. */
abstract class StoreContract {
  private static final Instant LATER = Models.NOON.plus(Duration.ofHours(1));
  private static final DataSource YAHOO = new DataSource("yahoo");

  private Storage storage;
  private TickerStore store;
  private StoreWriter writer;

  /** An empty storage. */
  abstract Storage open();

  @BeforeEach
  void openStore() {
    storage = open();
    store = new ModelStore(storage).ticker(Models.TICKER);
    writer = new StoreWriter(store);
  }

  @AfterEach
  void closeStorage() {
    storage.close();
  }

  @Test
  void aStoredVersionIsReadBackWhole() {
    String version = store(1);

    ModelVersion read = store.load(version);

    assertThat(version).matches("20261123T120000000Z-[0-9a-f]{12}");
    assertThat(read.manifest()).isEqualTo(Models.manifest(Models.model(1), Models.NOON));
    assertThat(ModelFormat.write(read.model())).isEqualTo(Models.model(1));
    assertThat(store.outOfFold(version)).isEqualTo(Models.OUT_OF_FOLD);
    assertThat(store.portable(version)).hasValue(Models.portable(Models.model(1)));
  }

  @Test
  void equalBytesReuseTheStoredVersion() {
    String first = store(1);
    assertThat(Models.store(writer, 1, Models.NOON.plusSeconds(60))).isEqualTo(first);
    assertThat(store.versions()).containsExactly(first);
  }

  @Test
  void equalBytesAreStoredAgainIfTheStoredOnesAreDamaged() {
    String first = store(1);
    overwrite(modelKey(first), new byte[] {1, 2, 3});
    String second = Models.store(writer, 1, Models.NOON.plusSeconds(60));
    assertThat(second).isNotEqualTo(first);
    assertThat(store.load(second).id()).isEqualTo(second);
  }

  @Test
  void equalBytesAreStoredAgainIfTheStoredModelOnnxIsDamaged() {
    String first = store(1);
    overwrite(store.keys().portable(first), new byte[] {1, 2, 3});

    assertThatThrownBy(() -> store.portable(first))
        .isInstanceOf(CorruptModelException.class)
        .hasMessageContaining("altered model")
        .hasMessageContaining("model.onnx");
    assertThat(ModelFormat.write(store.load(first).model())).isEqualTo(Models.model(1));
    String second = Models.store(writer, 1, Models.NOON.plusSeconds(60));
    assertThat(second).isNotEqualTo(first);
    assertThat(store.portable(second)).isPresent();
  }

  @Test
  void aModelOnnxThatIsMissingIsNamed() {
    String version = store(1);
    storage.delete(store.keys().portable(version));

    assertThatThrownBy(() -> store.portable(version))
        .isInstanceOf(CorruptModelException.class)
        .hasMessageContaining("missing model")
        .hasMessageContaining("model.onnx");
  }

  @Test
  void aVersionOfAnOlderTrainerHasNoModelOnnxAndIsUsedAgain() {
    byte[] model = Models.model(1);
    Manifest older = Models.withoutPortable(Models.manifest(model, Models.NOON));
    String version = writer.store(ModelFiles.of(model), older, Models.OUT_OF_FOLD);

    assertThat(store.portable(version)).isEmpty();
    assertThat(store.load(version).manifest()).isEqualTo(older);
    assertThat(Models.store(writer, 1, Models.NOON.plusSeconds(60))).isEqualTo(version);
  }

  @Test
  void aVersionOfAnotherTickerIsRefused() {
    String version = store(1);
    TickerStore other = new ModelStore(storage).ticker(Ticker.of("QQQ"));
    for (String name : List.of("model.bin", "manifest.json")) {
      overwrite(other.keys().version(version) + name, bytes(store.keys().version(version) + name));
    }

    assertThatThrownBy(() -> other.load(version))
        .isInstanceOf(CorruptModelException.class)
        .hasMessageContaining("manifest of another model");
  }

  @Test
  void aPathIsNotAVersion() {
    assertThatThrownBy(() -> store.load("../../etc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not the id of a version");
  }

  @Test
  void aPromotionRecordsThePreviousChampionAndTheReason() {
    String first = store(1);
    String second = store(2);
    writer.promote(first, "first version", Models.NOON);
    writer.promote(second, "not worse", Models.NOON);
    writer.promote(second, "again", Models.NOON);

    Champion champion = store.champion().orElseThrow();
    assertThat(champion.version()).isEqualTo(second);
    assertThat(champion.previous()).isEqualTo(first);
    assertThat(champion.reason()).isEqualTo("again");
    assertThat(champion.sha256()).isEqualTo(store.load(second).manifest().sha256());
  }

  @Test
  void aDamagedVersionIsNotPromoted() {
    String version = store(1);
    overwrite(modelKey(version), new byte[10]);
    assertThatThrownBy(() -> writer.promote(version, "why not", Models.NOON))
        .isInstanceOf(CorruptModelException.class);
    assertThat(store.champion()).isEmpty();
  }

  @Test
  void anUnreadablePointerIsReplacedByTheNextPromotion() {
    String version = store(1);
    overwrite(store.keys().champion(), "{\"version\": \"../../etc\"}".getBytes(UTF_8));

    assertThatThrownBy(() -> store.champion())
        .isInstanceOf(UnreadableObjectException.class)
        .hasMessageContaining("champions/%5EGSPC.json");
    writer.promote(version, "repair", Models.NOON);
    assertThat(store.champion().orElseThrow().version()).isEqualTo(version);
  }

  @Test
  void pruningKeepsTheNewestTheChampionAndThePreviousChampion() {
    String oldest = store(1);
    String previous = store(2);
    String champion = store(3);
    String pruned = store(4);
    String newest = store(5);
    writer.promote(previous, "then", Models.NOON);
    writer.promote(champion, "now", Models.NOON);
    assertThat(writer.prune(1, LATER, LATER)).containsExactlyInAnyOrder(oldest, pruned);
    assertThat(store.versions()).containsExactly(newest, champion, previous);
  }

  @Test
  void pruningKeepsTheVersionsThatWereStoredAfterTheRunStarted() {
    String oldest = store(1);
    String younger = store(2);
    String newest = store(3);

    assertThat(writer.prune(1, Models.NOON, LATER)).containsExactly(oldest);
    assertThat(store.versions()).containsExactly(newest, younger);
  }

  @Test
  void anUnfinishedVersionIsDeletedAfterADay() {
    String version = store(1);
    storage.delete(store.keys().manifest(version));
    assertThat(store.versions()).as("without a manifest, it is no version").isEmpty();

    writer.prune(1, LATER, Models.NOON.plus(Duration.ofDays(1)));
    assertThat(storage.list(store.keys().versions())).hasSize(3);

    writer.prune(1, LATER, Models.NOON.plus(Duration.ofDays(1)).plusMillis(1));
    assertThat(storage.list(store.keys().versions())).isEmpty();
  }

  @Test
  void aPrunedVersionIsDeletedWhole() {
    store(1);
    store(2);
    writer.prune(1, LATER, LATER);

    assertThat(storage.list(store.keys().versions())).hasSize(4);
  }

  @Test
  void aReaderOfAPrunedVersionIsToldWhichThereAre() {
    String pruned = store(1);
    String kept = store(2);
    writer.prune(1, LATER, LATER);

    assertThatThrownBy(() -> store.load(pruned))
        .isInstanceOf(CorruptModelException.class)
        .hasMessageContaining("no such version")
        .hasMessageContaining(kept);
  }

  @Test
  void aPromotionThatWasDecidedOnAnotherChampionDoesNotCount() {
    String first = store(1);
    String second = store(2);
    ChampionPointer seen = store.pointer();
    writer.promote(first, "by another run", Models.NOON);

    assertThat(writer.promote(second, "first version", Models.NOON, seen)).isEmpty();
    assertThat(store.champion().orElseThrow().version()).isEqualTo(first);
    assertThat(writer.promote(second, "judged again", Models.NOON, store.pointer())).isPresent();
    assertThat(store.champion().orElseThrow().previous()).isEqualTo(first);
  }

  @Test
  void theVerdictOfAVersionCanBeStatedAgain() {
    String version = store(1);
    Manifest manifest = Models.manifest(Models.model(1), Models.NOON);
    Manifest again = Models.withVerdict(manifest, "not promoted: worse");

    writer.restate(version, again);

    assertThat(store.manifest(version)).isEqualTo(again);
  }

  @Test
  void theVerdictOfAVersionOfAnotherRunStays() {
    String version = store(1);
    Manifest later = Models.manifest(Models.model(1), Models.NOON.plusSeconds(9));

    writer.restate(version, Models.withVerdict(later, "not promoted: worse"));

    assertThat(store.manifest(version).verdict()).isEqualTo("promoted: first version");
  }

  @Test
  void theStoreListsTheTickersThatHaveAChampionOrARow() {
    writer.promote(store(1), "first", Models.NOON);
    new StoreWriter(new ModelStore(storage).ticker(Ticker.of("BRK.B")))
        .offerLatest(new LatestFeatures.SourcedRow(YAHOO, Models.row(LocalDate.EPOCH)));
    overwrite("champions/spy.json", new byte[0]);
    overwrite("champions/notes.txt", new byte[0]);

    assertThat(new ModelStore(storage).tickers())
        .containsExactly(Ticker.of("BRK.B"), Models.TICKER);
  }

  @Test
  void anEmptyStoreHasNoTickers() {
    assertThat(new ModelStore(storage).tickers()).isEmpty();
  }

  @Test
  void theTagsChangeWithThePointerAndTheRow() {
    ModelStore all = new ModelStore(storage);
    String version = store(1);
    assertThat(all.tags()).isEmpty();
    writer.promote(version, "first", Models.NOON);
    PointerTags promoted = all.tags().get(Models.TICKER);
    writer.offerLatest(new LatestFeatures.SourcedRow(YAHOO, Models.row(LocalDate.EPOCH)));
    PointerTags offered = all.tags().get(Models.TICKER);
    writer.promote(version, "again", Models.NOON);

    assertThat(offered.champion()).isEqualTo(promoted.champion());
    assertThat(offered.latest()).isNotNull().isNotEqualTo(promoted.latest());
    assertThat(all.tags().get(Models.TICKER).champion()).isNotEqualTo(promoted.champion());
    assertThat(all.tags().get(Models.TICKER).latest()).isEqualTo(offered.latest());
  }

  @Test
  void aModelThatIsLargerThanTheApiCanReadIsRefusedWithItsSize() {
    String version = store(1);
    overwrite(modelKey(version), new byte[(int) TickerStore.LARGEST_MODEL + 1]);

    assertThatThrownBy(() -> store.load(version))
        .isInstanceOf(CorruptModelException.class)
        .hasMessageContaining("model too large")
        .hasMessageContaining("bytes=8388609");
  }

  @Test
  void aPointerThatIsTooLargeIsUnreadable() {
    overwrite(store.keys().champion(), new byte[(1 << 20) + 1]);

    assertThatThrownBy(() -> store.champion()).isInstanceOf(UnreadableObjectException.class);
  }

  @Test
  void writersOfOneTickerLoseNothing() throws Exception {
    int writers = 4;
    int rounds = 5;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      List<Callable<Void>> runs = new ArrayList<>();
      for (int run = 0; run < writers; run++) {
        int first = 100 * (run + 1);
        runs.add(
            () -> {
              StoreWriter own = new StoreWriter(new ModelStore(storage).ticker(Models.TICKER));
              for (int i = first; i < first + rounds; i++) {
                own.promote(store(i), "run " + i, Models.NOON);
                own.offerLatest(
                    new LatestFeatures.SourcedRow(YAHOO, Models.row(LocalDate.EPOCH.plusDays(i))));
                own.logServed(Models.NOON.plusSeconds(i));
              }
              return null;
            });
      }
      for (Future<Void> run : threads.invokeAll(runs)) {
        run.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(store.versions()).hasSize(writers * rounds);
    assertThat(latestDay()).isEqualTo(LocalDate.EPOCH.plusDays(404));
    String log = new String(bytes(store.keys().forecasts()), UTF_8);
    assertThat(log.lines().map(line -> line.replaceAll(".*\"madeAt\":\"([^\"]*)\".*", "$1")))
        .hasSize(writers * rounds)
        .doesNotHaveDuplicates();
    Champion champion = store.champion().orElseThrow();
    assertThat(store.versions()).contains(champion.version(), champion.previous());
  }

  @Test
  void theLatestRowIsNeverReplacedByAnOlderOne() {
    LocalDate day = LocalDate.of(2018, 12, 31);
    writer.offerLatest(new LatestFeatures.SourcedRow(YAHOO, Models.row(day)));
    writer.offerLatest(new LatestFeatures.SourcedRow(YAHOO, Models.row(day.minusDays(1))));
    assertThat(latestDay()).isEqualTo(day);
    writer.offerLatest(new LatestFeatures.SourcedRow(YAHOO, Models.row(day.plusDays(2))));
    assertThat(latestDay()).isEqualTo(day.plusDays(2));
  }

  @Test
  void aRealRowReplacesANewerSyntheticRow() {
    LocalDate day = LocalDate.of(2018, 12, 31);
    writer.offerLatest(
        new LatestFeatures.SourcedRow(DataSource.SAMPLE, Models.row(day.plusYears(8))));
    writer.offerLatest(new LatestFeatures.SourcedRow(YAHOO, Models.row(day)));
    writer.offerLatest(
        new LatestFeatures.SourcedRow(DataSource.SAMPLE, Models.row(day.plusYears(8))));
    assertThat(latestDay()).isEqualTo(day);
  }

  @Test
  void latestRowsThatCannotBeReadAreReplaced() {
    overwrite(store.keys().latest(), "{".getBytes(UTF_8));
    writer.offerLatest(new LatestFeatures.SourcedRow(YAHOO, Models.row(LocalDate.EPOCH)));
    assertThat(latestDay()).isEqualTo(LocalDate.EPOCH);
  }

  private String store(long seed) {
    return Models.store(writer, seed, Models.NOON.plusSeconds(seed - 1));
  }

  private String modelKey(String version) {
    return store.keys().model(version);
  }

  private byte[] bytes(String key) {
    return storage.read(key, Integer.MAX_VALUE).orElseThrow().bytes();
  }

  private void overwrite(String key, byte[] bytes) {
    Optional<String> tag =
        storage
            .read(key, Integer.MAX_VALUE)
            .map(old -> storage.putIfUnchanged(key, bytes, old.tag()))
            .orElseGet(() -> storage.putIfAbsent(key, bytes));
    assertThat(tag).isPresent();
  }

  private LocalDate latestDay() {
    return store.latest().ofSchema(Models.SCHEMA).orElseThrow().row().asOf();
  }
}
