package mlopsprimer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import mlopsprimer.contract.Ticker;
import mlopsprimer.fixtures.Models;
import mlopsprimer.forest.CorruptModelException;
import mlopsprimer.forest.ModelFormat;
import mlopsprimer.json.Json;
import mlopsprimer.prices.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  private static final Duration AT_ONCE = Duration.ZERO;
  private static final DataSource YAHOO = new DataSource("yahoo");

  @TempDir Path root;
  private TickerStore store;

  @BeforeEach
  void open() {
    store = new ModelStore(root).ticker(Models.TICKER);
  }

  @Test
  void aRowOfAnOlderStoreHasNoCalendar() {
    LatestFeatures read =
        Json.read(
            """
            {"rows":{"a":{"dataSource":"yahoo","row":\
            {"schemaId":"a","asOf":"2018-12-31","values":[0.5]}}}}""",
            LatestFeatures.class);

    assertThat(read.ofSchema("a").orElseThrow().calendar()).isNull();
  }

  @Test
  void aRowWithAnUnknownCalendarIsRefused() {
    assertThatThrownBy(
            () ->
                new LatestFeatures.SourcedRow(
                    YAHOO, Models.row(LocalDate.EPOCH), "X", "UTC", List.of()))
        .hasMessageContaining("no exchange 'X' in the table");
  }

  @Test
  void aStoredVersionIsReadBackWhole() {
    String version = store(1);

    ModelVersion read = store.load(version);

    assertThat(version).matches("20261123T120000000Z-[0-9a-f]{12}");
    assertThat(read.manifest()).isEqualTo(Models.manifest(Models.model(1), Models.NOON));
    assertThat(ModelFormat.write(read.model())).isEqualTo(Models.model(1));
    assertThat(store.outOfFold(version)).isEqualTo(Models.OUT_OF_FOLD);
  }

  @Test
  void equalBytesReuseTheStoredVersion() {
    String first = store(1);
    try (StoreWriter writer = StoreWriter.lock(store, AT_ONCE)) {
      assertThat(Models.store(writer, 1, Models.NOON.plusSeconds(60))).isEqualTo(first);
    }
    assertThat(store.versions()).containsExactly(first);
  }

  @Test
  void equalBytesAreStoredAgainIfTheStoredOnesAreDamaged() throws IOException {
    String first = store(1);
    Files.write(modelFile(first), new byte[] {1, 2, 3});
    try (StoreWriter writer = StoreWriter.lock(store, AT_ONCE)) {
      String second = Models.store(writer, 1, Models.NOON.plusSeconds(60));
      assertThat(second).isNotEqualTo(first);
      assertThat(store.load(second).id()).isEqualTo(second);
    }
  }

  @Test
  void anyFlippedByteOfAModelIsRefused() throws IOException {
    String version = store(1);
    byte[] bytes = Files.readAllBytes(modelFile(version));
    for (int i = 0; i < bytes.length; i++) {
      byte[] flipped = bytes.clone();
      flipped[i] ^= 0x10;
      Files.write(modelFile(version), flipped);
      assertThatThrownBy(() -> store.load(version))
          .as("byte %d", i)
          .isInstanceOf(CorruptModelException.class)
          .hasMessageContaining("altered model");
    }
  }

  @Test
  void aModelTruncatedAtAnyLengthIsRefused() throws IOException {
    String version = store(1);
    byte[] bytes = Files.readAllBytes(modelFile(version));
    for (int length = 0; length < bytes.length; length++) {
      Files.write(modelFile(version), Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> store.load(version)).isInstanceOf(CorruptModelException.class);
    }
    Files.delete(modelFile(version));
    assertThatThrownBy(() -> store.load(version)).isInstanceOf(CorruptModelException.class);
  }

  @Test
  void aVersionOfAnotherTickerIsRefused() throws IOException {
    String version = store(1);
    TickerStore other = new ModelStore(root).ticker(Ticker.of("QQQ"));
    Files.createDirectories(other.versionsDirectory());
    Files.move(store.versionDirectory(version), other.versionDirectory(version));

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
    try (StoreWriter writer = StoreWriter.lock(store, AT_ONCE)) {
      writer.promote(first, "first version", Models.NOON);
      writer.promote(second, "not worse", Models.NOON);
      writer.promote(second, "again", Models.NOON);
    }

    Champion champion = store.champion().orElseThrow();
    assertThat(champion.version()).isEqualTo(second);
    assertThat(champion.previous()).isEqualTo(first);
    assertThat(champion.reason()).isEqualTo("again");
    assertThat(champion.sha256()).isEqualTo(store.load(second).manifest().sha256());
  }

  @Test
  void aDamagedVersionIsNotPromoted() throws IOException {
    String version = store(1);
    Files.write(modelFile(version), new byte[10]);
    try (StoreWriter writer = StoreWriter.lock(store, AT_ONCE)) {
      assertThatThrownBy(() -> writer.promote(version, "why not", Models.NOON))
          .isInstanceOf(CorruptModelException.class);
    }
    assertThat(store.champion()).isEmpty();
  }

  @Test
  void anUnreadablePointerIsReplacedByTheNextPromotion() throws IOException {
    String version = store(1);
    Files.writeString(store.championFile(), "{\"version\": \"../../etc\"}");

    assertThatThrownBy(() -> store.champion())
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("champion.json");
    try (StoreWriter writer = StoreWriter.lock(store, AT_ONCE)) {
      writer.promote(version, "repair", Models.NOON);
    }
    assertThat(store.champion().orElseThrow().version()).isEqualTo(version);
  }

  @Test
  void pruningKeepsTheNewestTheChampionAndThePreviousChampion() {
    String oldest = store(1);
    String previous = store(2);
    String champion = store(3);
    String pruned = store(4);
    String newest = store(5);
    try (StoreWriter writer = StoreWriter.lock(store, AT_ONCE)) {
      writer.promote(previous, "then", Models.NOON);
      writer.promote(champion, "now", Models.NOON);
      assertThat(writer.prune(1)).containsExactlyInAnyOrder(oldest, pruned);
    }
    assertThat(store.versions()).containsExactly(newest, champion, previous);
  }

  @Test
  void theLatestRowIsNeverReplacedByAnOlderOne() {
    LocalDate day = LocalDate.of(2018, 12, 31);
    try (StoreWriter writer = StoreWriter.lock(store, AT_ONCE)) {
      writer.offerLatest(new LatestFeatures.SourcedRow(YAHOO, Models.row(day)));
      writer.offerLatest(new LatestFeatures.SourcedRow(YAHOO, Models.row(day.minusDays(1))));
      assertThat(latestDay()).isEqualTo(day);
      writer.offerLatest(new LatestFeatures.SourcedRow(YAHOO, Models.row(day.plusDays(2))));
      assertThat(latestDay()).isEqualTo(day.plusDays(2));
    }
  }

  @Test
  void aRealRowReplacesANewerSyntheticRow() {
    LocalDate day = LocalDate.of(2018, 12, 31);
    try (StoreWriter writer = StoreWriter.lock(store, AT_ONCE)) {
      writer.offerLatest(
          new LatestFeatures.SourcedRow(DataSource.SAMPLE, Models.row(day.plusYears(8))));
      writer.offerLatest(new LatestFeatures.SourcedRow(YAHOO, Models.row(day)));
      writer.offerLatest(
          new LatestFeatures.SourcedRow(DataSource.SAMPLE, Models.row(day.plusYears(8))));
    }
    assertThat(latestDay()).isEqualTo(day);
  }

  @Test
  void latestRowsThatCannotBeReadAreReplaced() throws IOException {
    try (StoreWriter writer = StoreWriter.lock(store, AT_ONCE)) {
      Files.writeString(store.latestFile(), "{");
      writer.offerLatest(new LatestFeatures.SourcedRow(YAHOO, Models.row(LocalDate.EPOCH)));
    }
    assertThat(latestDay()).isEqualTo(LocalDate.EPOCH);
  }

  @Test
  void aTickerHasOneWriterAtATime() {
    try (StoreWriter writer = StoreWriter.lock(store, AT_ONCE)) {
      assertThatThrownBy(() -> StoreWriter.lock(store, Duration.ofMillis(150)))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("another run is writing to the store");
      StoreWriter.lock(new ModelStore(root).ticker(Ticker.of("QQQ")), AT_ONCE).close();
      assertThat(writer.prune(1)).isEmpty();
    }
    StoreWriter.lock(store, AT_ONCE).close();
  }

  @Test
  void theNextWriterDeletesTheFilesOfAKilledWriter() throws IOException {
    String version = store(1);
    Path half = store.versionsDirectory().resolve(DurableFiles.TEMPORARY + version);
    Files.createDirectories(half);
    Files.writeString(half.resolve("model.bin"), "half");
    Path pointer = store.directory().resolve(DurableFiles.TEMPORARY + "champion.json");
    Files.writeString(pointer, "{\"versi");

    assertThat(store.versions()).containsExactly(version);
    StoreWriter.lock(store, AT_ONCE).close();
    assertThat(half).doesNotExist();
    assertThat(pointer).doesNotExist();
  }

  @Test
  void theStoreListsOnlyItsTickers() throws IOException {
    store(1);
    StoreWriter.lock(new ModelStore(root).ticker(Ticker.of("BRK.B")), AT_ONCE).close();
    Files.createDirectories(root.resolve("lost+found"));
    Files.createDirectories(root.resolve("spy"));
    Files.writeString(root.resolve("QQQ"), "a file");

    assertThat(new ModelStore(root).tickers())
        .isEqualTo(List.of(Ticker.of("BRK.B"), Models.TICKER));
    assertThat(new ModelStore(root.resolve("none")).tickers()).isEmpty();
  }

  @Test
  void theStampChangesWithThePointerAndTheRow() {
    String empty = store.stamp();
    String version = store(1);
    try (StoreWriter writer = StoreWriter.lock(store, AT_ONCE)) {
      writer.promote(version, "first", Models.NOON);
      String promoted = store.stamp();
      writer.offerLatest(new LatestFeatures.SourcedRow(YAHOO, Models.row(LocalDate.EPOCH)));

      assertThat(promoted).isNotEqualTo(empty);
      assertThat(store.stamp()).isNotEqualTo(promoted);
    }
  }

  private String store(long seed) {
    try (StoreWriter writer = StoreWriter.lock(store, AT_ONCE)) {
      return Models.store(writer, seed, Models.NOON.plusSeconds(seed - 1));
    }
  }

  private Path modelFile(String version) {
    return store.versionDirectory(version).resolve(TickerStore.MODEL);
  }

  private LocalDate latestDay() {
    return store.latest().ofSchema(Models.SCHEMA).orElseThrow().row().asOf();
  }

  @Test
  void aManifestOfAnOlderTrainerHasNoFactsAboutItsPrices() {
    Manifest manifest = Models.manifest(Models.model(1), Models.NOON);
    String older =
        new String(Json.document(manifest), StandardCharsets.UTF_8)
            .replace("\"dataQuality\": [],", "");
    assertThat(older).doesNotContain("dataQuality");
    assertThat(Json.read(older, Manifest.class)).isEqualTo(manifest);
  }
}
