package mlopsprimer.store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mlopsprimer.contract.Ticker;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.prices.TradingCalendar;

/**
 * Where a version comes from: enough to train it again and get the same bytes.
 *
 * @param sha256 of model.bin
 * @param bytes length of model.bin
 * @param dataSource of the prices; {@code sample} is synthetic
 * @param calendar {@link TradingCalendar#label()}: what the day after is
 * @param servesBaseRate the forest is ignored, for want of evidence that it knows anything
 * @param verdict whether it was promoted when it was trained, and why
 * @param settings the training settings by name, such as trees=100
 * @param software names and versions of what trained it
 */
public record Manifest(
    Ticker ticker,
    Instant trainedAt,
    String sha256,
    long bytes,
    int formatVersion,
    FeatureColumns features,
    String dataSource,
    TrainingData data,
    String calendar,
    boolean servesBaseRate,
    double calibrationSlope,
    double calibrationIntercept,
    Evaluation evaluation,
    String verdict,
    Map<String, String> settings,
    Map<String, String> software) {

  /**
   * @param schemaId the feature schema's id
   */
  public record FeatureColumns(String schemaId, List<String> names) {
    public FeatureColumns {
      Objects.requireNonNull(schemaId, "features.schemaId");
      names = List.copyOf(names);
    }
  }

  /**
   * @param sha256 over the rows
   * @param zone the exchange's time zone
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
    Objects.requireNonNull(ticker, "ticker");
    Objects.requireNonNull(trainedAt, "trainedAt");
    Objects.requireNonNull(sha256, "sha256");
    Objects.requireNonNull(features, "features");
    Objects.requireNonNull(dataSource, "dataSource");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(evaluation, "evaluation");
    TradingCalendar.ofLabel(Objects.requireNonNull(calendar, "calendar"));
  }

  public boolean isSynthetic() {
    return dataSource.equals(PriceSeries.SAMPLE);
  }
}
