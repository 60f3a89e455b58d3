package mlopsprimer.store;

import mlopsprimer.forest.DirectionModel;
import mlopsprimer.prices.DataSource;

/** A stored version. Its bytes were compared with the size and the SHA-256 in its manifest. */
public record ModelVersion(String id, Manifest manifest, DirectionModel model) {

  /**
   * Data source of a forecast for {@code row}. A model that was trained on synthetic prices gives a
   * synthetic forecast, whatever the row.
   */
  public DataSource dataSourceWith(LatestFeatures.SourcedRow row) {
    return manifest.dataSource().isSynthetic() ? manifest.dataSource() : row.dataSource();
  }
}
