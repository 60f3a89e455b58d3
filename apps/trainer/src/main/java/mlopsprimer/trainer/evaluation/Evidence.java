package mlopsprimer.trainer.evaluation;

import java.util.ArrayList;
import java.util.List;
import mlopsprimer.forest.Calibration;
import mlopsprimer.store.OutOfFold;

/** Out-of-fold forecasts of the folds so far, from which the next calibration is fitted. */
public final class Evidence {
  private final CalibrationRule rule;
  private final List<Double> distances = new ArrayList<>();
  private final List<Boolean> outcomes = new ArrayList<>();

  public Evidence(CalibrationRule rule) {
    this.rule = rule;
  }

  /**
   * Adds the forecasts of one fold.
   *
   * @param share share of UP in the training rows of the fold
   */
  public void add(List<OutOfFold> rows, double share) {
    for (OutOfFold row : rows) {
      distances.add(CalibrationRule.distance(row.forest(), share));
      outcomes.add(row.up());
    }
  }

  /**
   * Fits the calibration of a forest.
   *
   * @param share share of UP in the training rows of the forest
   * @param rows number of these training rows
   */
  public Calibration fit(double share, int rows) {
    boolean[] up = new boolean[outcomes.size()];
    for (int i = 0; i < up.length; i++) {
      up[i] = outcomes.get(i);
    }
    return rule.fit(distances.stream().mapToDouble(Double::doubleValue).toArray(), up, share, rows);
  }
}
