package mlopsprimer.features;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/**
 * Features of one day. They are known after the close of that day.
 *
 * @param schemaId id of the {@link FeatureSchema} that names the columns
 * @param asOf day of the features, which is the last session that they use
 * @param values one value per column
 */
public record FeatureRow(String schemaId, LocalDate asOf, List<Double> values) {

  /**
   * @throws IllegalArgumentException if a value is not finite
   */
  public FeatureRow {
    values = List.copyOf(values);
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "feature row of %s has a value that is not finite: %s".formatted(asOf, value));
      }
    }
  }

  static FeatureRow of(String schemaId, LocalDate asOf, double[] values) {
    return new FeatureRow(schemaId, asOf, Arrays.stream(values).boxed().toList());
  }

  public double[] toArray() {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
