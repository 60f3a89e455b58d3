package mlopsprimer.store;

import mlopsprimer.forest.DirectionModel;
import mlopsprimer.prices.DataSource;

/** A stored version whose model.bin has the size and the SHA-256 that the manifest names. */
public record ModelVersion(String id, Manifest manifest, DirectionModel model) {

  /**
   * Data source of a forecast for {@code row}. A model that was trained on synthetic prices always
   * gives a synthetic forecast.
   */
  public DataSource dataSourceWith(LatestFeatures.SourcedRow row) {
    return manifest.dataSource().isSynthetic() ? manifest.dataSource() : row.dataSource();
  }
}
