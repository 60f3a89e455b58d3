package mlopsprimer.forest;

import mlopsprimer.features.FeatureRow;

/**
 * What is served: a forest and its calibration, bound to the feature schema that they were trained
 * on.
 */
public record DirectionModel(String schemaId, Calibration calibration, Forest forest) {

  /**
   * The calibrated probability that the session after the row's day closes higher, in [0, 1].
   *
   * @throws IllegalArgumentException if the row is of another schema
   */
  public double probabilityUp(FeatureRow row) {
    if (!row.schemaId().equals(schemaId)) {
      throw new IllegalArgumentException(
          "feature row is of schema %s, the model of schema %s; train again"
              .formatted(row.schemaId(), schemaId));
    }
    return calibration.apply(forest.probabilityUp(row.toArray()));
  }
}
