package mlopsprimer.features;

import static mlopsprimer.features.Feature.closeToMean;
import static mlopsprimer.features.Feature.laggedReturn;
import static mlopsprimer.features.Feature.logReturn;
import static mlopsprimer.features.Feature.volatility;
import static mlopsprimer.features.Feature.volatilityRatio;
import static mlopsprimer.features.Feature.volumeScore;

import java.nio.charset.StandardCharsets;
import java.util.List;
import mlopsprimer.contract.Sha256;

/**
 * Columns of a feature row, in order. A forest is trained and served with the same schema. To add a
 * feature, add a line to {@link #CURRENT}. The new line changes the id of the schema, so that a
 * model never gets a row of another schema.
 */
public final class FeatureSchema {
  /** Increase this number when a formula changes and its name does not. */
  private static final int REVISION = 1;

  public static final FeatureSchema CURRENT =
      new FeatureSchema(
          logReturn(1),
          laggedReturn(1),
          laggedReturn(2),
          logReturn(5),
          logReturn(10),
          logReturn(21),
          closeToMean(5),
          closeToMean(20),
          closeToMean(50),
          volatility(5),
          volatility(21),
          volatilityRatio(5, 21),
          volumeScore(20));

  private final List<Feature> features;

  private FeatureSchema(Feature... features) {
    this.features = List.of(features);
  }

  /** First 12 hex digits of the SHA-256 of the revision and the names, in order. */
  public String id() {
    String text = "revision " + REVISION + "\n" + String.join("\n", names());
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
  }

  public List<String> names() {
    return features.stream().map(Feature::name).toList();
  }

  public int size() {
    return features.size();
  }

  /** Number of sessions at the start of a price series that have no feature row. */
  public int lookback() {
    return features.stream().mapToInt(Feature::lookback).max().orElseThrow();
  }

  /** Number of newest one-session returns that are columns of their own. */
  int singleReturns() {
    return features.stream().mapToInt(Feature::singleReturns).max().orElseThrow();
  }

  double[] rowAt(Columns columns, int t) {
    return features.stream().mapToDouble(feature -> feature.formula().at(columns, t)).toArray();
  }
}
