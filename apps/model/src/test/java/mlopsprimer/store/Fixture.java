package mlopsprimer.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import mlopsprimer.contract.Sha256;
import mlopsprimer.contract.Ticker;
import mlopsprimer.features.FeatureRow;
import mlopsprimer.forest.Calibration;
import mlopsprimer.forest.DirectionModel;
import mlopsprimer.forest.Forests;
import mlopsprimer.forest.ModelFormat;

/** Models to store. */
final class Fixture {
  static final Ticker TICKER = Ticker.of("^GSPC");
  static final String SCHEMA = "0123456789ab";
  static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  static final List<OutOfFold> OUT_OF_FOLD =
      List.of(
          new OutOfFold(LocalDate.of(2018, 12, 28), 5, 0.5, 0.52, 0.54, 0.53, true),
          new OutOfFold(LocalDate.of(2018, 12, 31), 5, 0.4, 0.48, 0.54, 0.55, false));

  private Fixture() {}

  /** Models of different seeds have different bytes. */
  static byte[] model(long seed) {
    return ModelFormat.write(
        new DirectionModel(SCHEMA, new Calibration(1, 0), Forests.random(3, 2, 3, seed)));
  }

  static Manifest manifest(byte[] model, Instant trainedAt) {
    return new Manifest(
        TICKER,
        trainedAt,
        Sha256.hex(model),
        model.length,
        ModelFormat.VERSION,
        new Manifest.FeatureColumns(SCHEMA, List.of("a", "b", "c")),
        "csv:test.csv",
        new Manifest.TrainingData(
            LocalDate.of(2014, 1, 2), LocalDate.of(2018, 12, 31), 1258, "0", "America/New_York"),
        "nyse",
        false,
        1,
        0,
        new Evaluation(
            5, 2, LocalDate.of(2018, 12, 28), LocalDate.of(2018, 12, 31), 0.01, Map.of()),
        "promoted: first version",
        Map.of("trees", "2"),
        Map.of());
  }

  static String store(StoreWriter writer, long seed, Instant trainedAt) {
    byte[] model = model(seed);
    return writer.store(model, manifest(model, trainedAt), OUT_OF_FOLD);
  }

  static FeatureRow row(LocalDate asOf) {
    return new FeatureRow(SCHEMA, asOf, List.of(0.1, 0.2, 0.3));
  }
}
