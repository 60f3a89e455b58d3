package mlopsprimer.store;

import mlopsprimer.forest.DirectionModel;
import mlopsprimer.prices.PriceSeries;

/** A stored version whose bytes were checked against its manifest. */
public record ModelVersion(String id, Manifest manifest, DirectionModel model) {

  /** The source that an answer names: a model of synthetic prices stays one on whatever row. */
  public String dataSourceWith(LatestFeatures.SourcedRow row) {
    return manifest.isSynthetic() ? PriceSeries.SAMPLE : row.dataSource();
  }
}
