package mlopsprimer.store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mlopsprimer.contract.Sha256;
import mlopsprimer.contract.Ticker;
import mlopsprimer.prices.DataFact;
import mlopsprimer.prices.DataSource;
import mlopsprimer.prices.TradingCalendar;

/**
 * Provenance of a version. The manifest names everything that is needed to train the version again
 * and to get the same bytes.
 *
 * @param sha256 SHA-256 of model.bin, in hex
 * @param bytes size of model.bin
 * @param portable model.onnx beside model.bin; null if an older trainer wrote the version
 * @param dataSource source of the training prices
 * @param dataQuality what a reader of a forecast should know about the training prices
 * @param calendar {@link TradingCalendar#label()} of the training prices
 * @param servesBaseRate true if the calibration ignores the forest, because no evidence shows that
 *     the forest is better than the base rate
 * @param verdict whether the version was promoted when it was trained, and the reason
 * @param settings training settings by name, such as trees=100
 * @param software names and versions of the programs that trained the version
 */
public record Manifest(
    Ticker ticker,
    Instant trainedAt,
    String sha256,
    long bytes,
    int formatVersion,
    PortableModel portable,
    FeatureColumns features,
    DataSource dataSource,
    TrainingData data,
    List<DataFact> dataQuality,
    String calendar,
    boolean servesBaseRate,
    double calibrationSlope,
    double calibrationIntercept,
    Evaluation evaluation,
    String verdict,
    Map<String, String> settings,
    Map<String, String> software) {

  /**
   * The same model for other programs.
   *
   * @param bytes size of model.onnx
   * @param sha256 SHA-256 of model.onnx, in hex
   */
  public record PortableModel(long bytes, String sha256) {
    public PortableModel {
      Objects.requireNonNull(sha256, "portable.sha256");
    }

    /** Size and SHA-256 of these bytes. */
    public static PortableModel of(byte[] modelOnnx) {
      return new PortableModel(modelOnnx.length, Sha256.hex(modelOnnx));
    }
  }

  /**
   * Columns that the model reads.
   *
   * @param schemaId id of the feature schema
   */
  public record FeatureColumns(String schemaId, List<String> names) {
    public FeatureColumns {
      Objects.requireNonNull(schemaId, "features.schemaId");
      names = List.copyOf(names);
    }
  }

  /**
   * Prices that the model was trained on.
   *
   * @param rows number of sessions
   * @param sha256 SHA-256 of the rows, in hex
   * @param zone time zone of the exchange
   */
  public record TrainingData(
      LocalDate firstDay, LocalDate lastDay, int rows, String sha256, String zone) {
    public TrainingData {
      Objects.requireNonNull(firstDay, "data.firstDay");
      Objects.requireNonNull(lastDay, "data.lastDay");
      ZoneId.of(Objects.requireNonNull(zone, "data.zone"));
    }
  }

  public Manifest {
    dataQuality = dataQuality == null ? List.of() : List.copyOf(dataQuality); // older versions
    Objects.requireNonNull(ticker, "ticker");
    Objects.requireNonNull(trainedAt, "trainedAt");
    Objects.requireNonNull(sha256, "sha256");
    Objects.requireNonNull(features, "features");
    Objects.requireNonNull(dataSource, "dataSource");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(evaluation, "evaluation");
    TradingCalendar.ofLabel(Objects.requireNonNull(calendar, "calendar"));
  }
}
