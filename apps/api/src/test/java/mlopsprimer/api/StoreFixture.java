package mlopsprimer.api;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import mlopsprimer.contract.Ticker;
import mlopsprimer.features.FeatureRow;
import mlopsprimer.fixtures.Models;
import mlopsprimer.forest.Calibration;
import mlopsprimer.forest.DirectionModel;
import mlopsprimer.forest.ForestBuilder;
import mlopsprimer.forest.ModelFormat;
import mlopsprimer.prices.DataFact;
import mlopsprimer.prices.DataSource;
import mlopsprimer.storage.DirectoryStorage;
import mlopsprimer.storage.Storage;
import mlopsprimer.store.LatestFeatures;
import mlopsprimer.store.Manifest;
import mlopsprimer.store.ModelStore;
import mlopsprimer.store.OutOfFold;
import mlopsprimer.store.RealisedScores;
import mlopsprimer.store.StoreWriter;

/** Writes a real store with the classes that the trainer uses. */
public record StoreFixture(Storage storage) {
  public StoreFixture(Path root) {
    this(new DirectoryStorage(root));
  }

  static final LocalDate AS_OF = LocalDate.of(2018, 12, 31);
  static final Instant TRAINED_AT = Instant.parse("2018-12-31T22:00:00Z");
  private static final String SCHEMA = "0123456789ab";

  /** Stores and promotes a version whose probability of UP is {@code up} / 1000 for every row. */
  public String champion(String ticker, int up) {
    return champion(ticker, up, 0.012);
  }

  public String champion(String ticker, int up, Double skill) {
    StoreWriter writer = writer(ticker);
    byte[] model = model(up);
    String version =
        writer.store(
            Models.files(model),
            manifest(ticker, model, skill),
            List.of(new OutOfFold(AS_OF, 1, 0.5, 0.5, 0.5, 0.5, true)));
    writer.offerLatest(new LatestFeatures.SourcedRow(Models.CSV, row(AS_OF)));
    writer.promote(version, "test", TRAINED_AT);
    return version;
  }

  void realised(String ticker, RealisedScores scores) {
    StoreWriter writer = writer(ticker);
    writer.replaceRealised(() -> Optional.of(scores));
  }

  void latest(String ticker, LocalDate asOf, DataFact... facts) {
    StoreWriter writer = writer(ticker);
    writer.offerLatest(
        new LatestFeatures.SourcedRow(
            new DataSource("yahoo"), row(asOf), null, null, List.of(facts)));
  }

  /** Offers a row of prices from another market than that of the champion's manifest. */
  void latest(String ticker, LocalDate asOf, String calendar, String zone) {
    StoreWriter writer = writer(ticker);
    writer.offerLatest(
        new LatestFeatures.SourcedRow(
            new DataSource("yahoo"), row(asOf), calendar, zone, List.of()));
  }

  void rollback(String ticker, String version) {
    StoreWriter writer = writer(ticker);
    writer.promote(version, "rolled back", TRAINED_AT);
  }

  public void damage(String ticker, String version) {
    String key = "versions/%s/%s/model.bin".formatted(Ticker.of(ticker).directoryName(), version);
    Storage.StoredObject old = storage.read(key, Integer.MAX_VALUE).orElseThrow();
    byte[] bytes = old.bytes();
    bytes[bytes.length / 2] ^= 1;
    String unused = storage.putIfUnchanged(key, bytes, old.tag()).orElseThrow();
  }

  private StoreWriter writer(String ticker) {
    return new StoreWriter(new ModelStore(storage).ticker(Ticker.of(ticker)));
  }

  private static FeatureRow row(LocalDate asOf) {
    return new FeatureRow(SCHEMA, asOf, List.of(0.0));
  }

  private static byte[] model(int up) {
    ForestBuilder builder = new ForestBuilder(1);
    builder.startTree();
    builder.leaf(1000 - up, up);
    return ModelFormat.write(new DirectionModel(SCHEMA, new Calibration(1, 0), builder.build()));
  }

  private static Manifest manifest(String ticker, byte[] model, Double skill) {
    return Models.manifest(Ticker.of(ticker), model, List.of("a"), TRAINED_AT, skill);
  }
}
