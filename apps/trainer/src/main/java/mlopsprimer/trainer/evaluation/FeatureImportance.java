package mlopsprimer.trainer.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import mlopsprimer.features.FeatureTable;
import mlopsprimer.forest.Forest;
import mlopsprimer.store.Estimate;

/**
 * Permutation importance (Breiman 2001), out of fold: by how much the Brier score of the forests
 * rises if one column is shuffled among the days of a fold. A forest that has seen the days is
 * never asked. A value near 0 says that the forests do not need the column, and a value below 0
 * that they would be better without it.
 *
 * @param forests forest of each fold
 */
record FeatureImportance(FeatureTable table, List<Fold> folds, List<Forest> forests) {
  private static final int SHUFFLES = 3;

  /**
   * Measures every column, in the order of the schema. The score is that of the forests before
   * calibration, so that a forest that is not served can be explained too.
   *
   * @param seed seed of the shuffles
   */
  Map<String, Estimate> measure(Bootstrap bootstrap, long seed) {
    double[] undisturbed = losses((day, row) -> row);
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Estimate> importance = new LinkedHashMap<>();
    List<String> names = table.schema().names();
    for (int column = 0; column < names.size(); column++) {
      double[] rise = new double[undisturbed.length];
      for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
        double[] disturbed = losses(shuffled(column, random));
        for (int i = 0; i < rise.length; i++) {
          rise[i] += (disturbed[i] - undisturbed[i]) / SHUFFLES;
        }
      }
      importance.put(names.get(column), bootstrap.mean(rise));
    }
    return importance;
  }

  private interface Disturbance {
    double[] apply(int day, double[] row);
  }

  /** Squared error of each day's forecast from its disturbed row. */
  private double[] losses(Disturbance disturbance) {
    int first = folds.get(0).from();
    double[] losses = new double[folds.get(folds.size() - 1).to() - first];
    for (Fold fold : folds) {
      Forest forest = forests.get(fold.number() - 1);
      for (int day = fold.from(); day < fold.to(); day++) {
        double probability = forest.probabilityUp(disturbance.apply(day, table.row(day)));
        losses[day - first] = Metric.squaredError(probability, table.up(day));
      }
    }
    return losses;
  }

  /** Gives each day the column's value of another day of its fold. */
  private Disturbance shuffled(int column, SplittableRandom random) {
    int[] source = new int[table.labelled()];
    for (Fold fold : folds) {
      for (int day = fold.from(); day < fold.to(); day++) {
        int other = random.nextInt(fold.from(), day + 1); // Fisher-Yates, inside out
        source[day] = source[other];
        source[other] = day;
      }
    }
    return (day, row) -> {
      double[] copy = row.clone();
      copy[column] = table.row(source[day])[column];
      return copy;
    };
  }
}
