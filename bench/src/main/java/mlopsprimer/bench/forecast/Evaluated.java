package mlopsprimer.bench.forecast;

import java.util.List;
import mlopsprimer.features.FeatureTable;
import mlopsprimer.forest.Calibration;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.store.OutOfFold;
import mlopsprimer.trainer.evaluation.CalibrationRule;
import mlopsprimer.trainer.evaluation.Evidence;
import mlopsprimer.trainer.evaluation.Report;
import mlopsprimer.trainer.evaluation.WalkForward;
import mlopsprimer.trainer.weka.ForestSettings;
import mlopsprimer.trainer.weka.WekaForestTrainer;

/**
 * The forecasts of a series out of fold, which other calibrations can be tried on.
 *
 * @param shares share of UP in the training rows of each fold
 * @param sizes number of training rows of each fold
 */
record Evaluated(Report report, List<Double> shares, List<Integer> sizes) {
  private static final ForestSettings SETTINGS = new ForestSettings(100, 5, 25, 42);

  static Evaluated of(PriceSeries series) {
    FeatureTable table = FeatureTable.of(series);
    Report report =
        new WalkForward(new WekaForestTrainer(SETTINGS), 1, SETTINGS.seed(), step -> {})
            .evaluate(table);
    List<Integer> sizes = WalkForward.trainingSizes(table);
    List<Double> shares = sizes.stream().map(size -> table.shareUp(0, size)).toList();
    return new Evaluated(report, shares, sizes);
  }

  int days() {
    return report.outOfFold().size();
  }

  /** Sum of the squared errors of the share of UP in the training rows, without smoothing. */
  double plainLoss() {
    double sum = 0;
    for (OutOfFold row : report.outOfFold()) {
      sum += squaredError(shares.get(row.fold() - 1), row);
    }
    return sum;
  }

  /** Sum of the squared errors of the smoothed base rate of a rule. */
  double baseRateLoss(CalibrationRule rule) {
    double sum = 0;
    for (OutOfFold row : report.outOfFold()) {
      int fold = row.fold() - 1;
      sum += squaredError(rule.baseRate(shares.get(fold), sizes.get(fold)), row);
    }
    return sum;
  }

  /**
   * Sum of the squared errors of the forest, calibrated by a rule on the folds before.
   *
   * @param centred false to measure the forest's log-odds from 0 instead of from the share of UP
   */
  double loss(CalibrationRule rule, boolean centred) {
    Evidence evidence = new Evidence(rule);
    double sum = 0;
    for (int i = 0; i < sizes.size() - 1; i++) {
      int fold = i + 1;
      double origin = centred ? shares.get(i) : 0.5;
      double rate = rule.baseRate(shares.get(i), sizes.get(i));
      double slope = evidence.fit(shares.get(i), sizes.get(i)).slope();
      List<OutOfFold> rows = report.outOfFold().stream().filter(row -> row.fold() == fold).toList();
      for (OutOfFold row : rows) {
        double distance = CalibrationRule.distance(row.forest(), origin);
        double score = Calibration.logit(rate) + slope * distance;
        sum += squaredError(1 / (1 + StrictMath.exp(-score)), row);
      }
      evidence.add(rows, origin);
    }
    return sum;
  }

  private static double squaredError(double probability, OutOfFold row) {
    double error = probability - (row.up() ? 1 : 0);
    return error * error;
  }
}
