package mlopsprimer.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import mlopsprimer.features.FeatureRow;
import mlopsprimer.prices.PriceSeries;

/**
 * The newest feature row of each feature schema, by schema id: a champion that was trained with an
 * older schema still finds its row.
 */
public record LatestFeatures(Map<String, SourcedRow> rows) {
  static final LatestFeatures NONE = new LatestFeatures(Map.of());

  /** A row, and where its prices came from. */
  public record SourcedRow(String dataSource, FeatureRow row) {
    public SourcedRow {
      Objects.requireNonNull(dataSource, "dataSource");
      Objects.requireNonNull(row, "row");
    }

    private boolean isSynthetic() {
      return dataSource.equals(PriceSeries.SAMPLE);
    }

    /** Real prices replace synthetic ones whatever their day; else the newer day does. */
    private boolean replaces(SourcedRow other) {
      return isSynthetic() == other.isSynthetic()
          ? !row.asOf().isBefore(other.row.asOf())
          : !isSynthetic();
    }
  }

  public LatestFeatures {
    rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
  }

  public Optional<SourcedRow> ofSchema(String schemaId) {
    return Optional.ofNullable(rows.get(schemaId));
  }

  /** These rows and {@code newRow}, unless the row it would replace is newer. */
  LatestFeatures with(SourcedRow newRow) {
    Map<String, SourcedRow> merged = new LinkedHashMap<>(rows);
    merged.merge(
        newRow.row().schemaId(),
        newRow,
        (old, candidate) -> candidate.replaces(old) ? candidate : old);
    return new LatestFeatures(merged);
  }
}
