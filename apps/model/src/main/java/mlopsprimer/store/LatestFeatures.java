package mlopsprimer.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import mlopsprimer.features.FeatureRow;
import mlopsprimer.prices.DataSource;

/**
 * Newest feature row of each feature schema, by schema id. The store keeps the rows of older
 * schemas, because the champion may have been trained with one of them.
 */
public record LatestFeatures(Map<String, SourcedRow> rows) {
  static final LatestFeatures NONE = new LatestFeatures(Map.of());

  /** A feature row, and the source of its prices. */
  public record SourcedRow(DataSource dataSource, FeatureRow row) {
    public SourcedRow {
      Objects.requireNonNull(dataSource, "dataSource");
      Objects.requireNonNull(row, "row");
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
