package mlopsprimer.forest;

import mlopsprimer.features.FeatureRow;

/**
 * A model: a forest and its calibration.
 *
 * @param schemaId id of the feature schema that both were trained on
 */
public record DirectionModel(String schemaId, Calibration calibration, Forest forest) {

  /**
   * Computes the calibrated probability that the session after the row closes higher, in [0, 1].
   *
   * @throws IllegalArgumentException if the row has another schema
   */
  public double probabilityUp(FeatureRow row) {
    if (!row.schemaId().equals(schemaId)) {
      throw new IllegalArgumentException(
          "the feature row has the schema %s, but the model has the schema %s; train again"
              .formatted(row.schemaId(), schemaId));
    }
    return calibration.apply(forest.probabilityUp(row.toArray()));
  }
}
