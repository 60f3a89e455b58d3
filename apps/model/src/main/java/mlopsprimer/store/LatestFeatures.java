package mlopsprimer.store;

import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import mlopsprimer.features.FeatureRow;
import mlopsprimer.prices.DataFact;
import mlopsprimer.prices.DataSource;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.prices.TradingCalendar;

/**
 * Newest feature row of each feature schema, by schema id. The store keeps the rows of older
 * schemas, because the champion may have been trained with one of them.
 */
public record LatestFeatures(Map<String, SourcedRow> rows) {
  static final LatestFeatures NONE = new LatestFeatures(Map.of());

  /**
   * A feature row, and the source of its prices.
   *
   * @param calendar {@link TradingCalendar#label()} of the prices; null in older stores
   * @param zone time zone of the prices; null in older stores
   * @param dataQuality what a reader of a forecast should know about these prices
   */
  public record SourcedRow(
      DataSource dataSource,
      FeatureRow row,
      String calendar,
      String zone,
      List<DataFact> dataQuality) {
    public SourcedRow {
      dataQuality = dataQuality == null ? List.of() : List.copyOf(dataQuality); // older stores
      Objects.requireNonNull(dataSource, "dataSource");
      Objects.requireNonNull(row, "row");
      if (calendar != null) {
        TradingCalendar.ofLabel(calendar);
      }
      if (zone != null) {
        ZoneId.of(zone);
      }
    }

    /** A row of an older store, which knows neither the market nor the faults of the prices. */
    public SourcedRow(DataSource dataSource, FeatureRow row) {
      this(dataSource, row, null, null, List.of());
    }

    /** The newest row of a feature table of {@code prices}. */
    public static SourcedRow of(PriceSeries prices, FeatureRow row) {
      return new SourcedRow(
          prices.source(),
          row,
          prices.calendar().label(),
          prices.zone().getId(),
          prices.notes().facts());
    }

    /**
     * A row of real prices replaces a row of synthetic prices, even if the synthetic row is newer.
     * Otherwise the newer row replaces the older one.
     */
    private boolean replaces(SourcedRow other) {
      return dataSource.isSynthetic() == other.dataSource.isSynthetic()
          ? !row.asOf().isBefore(other.row.asOf())
          : !dataSource.isSynthetic();
    }
  }

  public LatestFeatures {
    rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
  }

  public Optional<SourcedRow> ofSchema(String schemaId) {
    return Optional.ofNullable(rows.get(schemaId));
  }

  /**
   * Adds {@code newRow}, unless the stored row of the same schema is newer, or is real and {@code
   * newRow} is synthetic.
   */
  LatestFeatures with(SourcedRow newRow) {
    Map<String, SourcedRow> merged = new LinkedHashMap<>(rows);
    merged.merge(
        newRow.row().schemaId(),
        newRow,
        (old, candidate) -> candidate.replaces(old) ? candidate : old);
    return new LatestFeatures(merged);
  }
}
