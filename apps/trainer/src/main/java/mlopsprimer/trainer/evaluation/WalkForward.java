package mlopsprimer.trainer.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import mlopsprimer.features.FeatureTable;
import mlopsprimer.forest.Calibration;
import mlopsprimer.forest.DirectionModel;
import mlopsprimer.forest.Forest;
import mlopsprimer.store.Estimate;
import mlopsprimer.store.Evaluation;
import mlopsprimer.store.OutOfFold;

/**
 * Walk-forward evaluation. Every forecast that is scored comes from a forest, a calibration and
 * baselines that knew only earlier days.
 */
public final class WalkForward {
  public static final String MODEL = "model";
  public static final String BASE_RATE = "baseRate";
  public static final String PERSISTENCE = "persistence";

  private static final CalibrationRule RULE = CalibrationRule.CHOSEN;

  private final ForestsInParallel nursery;
  private final long seed;

  /**
   * @param threads number of forests that are grown at the same time; the result does not depend on
   *     this number
   * @param seed seed of the bootstrap
   * @param progress called after each forest with a text for people; several threads call it
   */
  public WalkForward(ForestTrainer trainer, int threads, long seed, Consumer<String> progress) {
    this.nursery = new ForestsInParallel(trainer, threads, progress);
    this.seed = seed;
  }

  /**
   * Numbers of training rows: one number per fold, and then the number of all labelled rows, for
   * the forest that is stored.
   */
  public static List<Integer> trainingSizes(FeatureTable table) {
    List<Integer> sizes = new ArrayList<>();
    Fold.over(table.labelled()).forEach(fold -> sizes.add(fold.trainEnd()));
    sizes.add(table.labelled());
    return sizes;
  }

  /**
   * Evaluates the folds of the table, and trains the stored model on all labelled rows. The model
   * serves the base rate unless the calibrated forest scored better in the folds.
   */
  public Report evaluate(FeatureTable table) {
    List<Fold> folds = Fold.over(table.labelled());
    List<Forest> forests = nursery.grow(table, trainingSizes(table));

    Evidence evidence = new Evidence(RULE);
    List<OutOfFold> rows = new ArrayList<>();
    boolean tested = false;
    for (Fold fold : folds) {
      double share = table.shareUp(0, fold.trainEnd());
      Calibration ofFold = evidence.fit(share, fold.trainEnd());
      tested |= !ofFold.isBaseRate();
      List<OutOfFold> ofRows = forecast(table, fold, forests.get(fold.number() - 1), ofFold);
      evidence.add(ofRows, share);
      rows.addAll(ofRows);
    }
    Bootstrap bootstrap = new Bootstrap(rows.size(), seed);
    Estimate skill =
        bootstrap.skill(losses(rows, OutOfFold::forecast), losses(rows, OutOfFold::baseRate));
    double share = table.shareUp(0, table.labelled());
    double baseRate = RULE.baseRate(share, table.labelled());
    // The forest is served only if at least one fold has scored a calibrated forecast, and if the
    // scores were better than those of the base rate.
    Calibration calibration =
        tested && helps(skill)
            ? evidence.fit(share, table.labelled())
            : Calibration.baseRate(baseRate);
    DirectionModel model =
        new DirectionModel(table.schema().id(), calibration, forests.get(folds.size()));
    Evaluation evaluation =
        new Evaluation(
            Fold.COUNT,
            rows.size(),
            rows.get(0).day(),
            rows.get(rows.size() - 1).day(),
            calibration.isBaseRate() ? null : skill.value(),
            skill,
            baseRate,
            scores(bootstrap, rows),
            new FeatureImportance(table, folds, forests).measure(bootstrap, seed));
    return new Report(model, List.copyOf(rows), evaluation);
  }

  private static boolean helps(Estimate skill) {
    return skill.value() != null && skill.value() > 0;
  }

  private static List<OutOfFold> forecast(
      FeatureTable table, Fold fold, Forest forest, Calibration calibration) {
    double baseRate = RULE.baseRate(table.shareUp(0, fold.trainEnd()), fold.trainEnd());
    PersistenceBaseline persistence = PersistenceBaseline.learn(table, fold.trainEnd());
    return IntStream.range(fold.from(), fold.to())
        .mapToObj(
            i -> {
              double raw = forest.probabilityUp(table.row(i));
              return new OutOfFold(
                  table.day(i),
                  fold.number(),
                  raw,
                  calibration.apply(raw),
                  baseRate,
                  persistence.probabilityUp(table, i),
                  table.up(i));
            })
        .toList();
  }

  private static Map<String, Map<String, Estimate>> scores(
      Bootstrap bootstrap, List<OutOfFold> rows) {
    Map<String, Map<String, Estimate>> scores = new LinkedHashMap<>();
    scores.put(MODEL, scores(bootstrap, rows, OutOfFold::forecast));
    scores.put(BASE_RATE, scores(bootstrap, rows, OutOfFold::baseRate));
    scores.put(PERSISTENCE, scores(bootstrap, rows, OutOfFold::persistence));
    return scores;
  }

  private static Map<String, Estimate> scores(
      Bootstrap bootstrap, List<OutOfFold> rows, ToDoubleFunction<OutOfFold> of) {
    boolean[] up = new boolean[rows.size()];
    for (int i = 0; i < up.length; i++) {
      up[i] = rows.get(i).up();
    }
    int[] fold = rows.stream().mapToInt(OutOfFold::fold).toArray();
    return bootstrap.estimate(new Forecasts(rows.stream().mapToDouble(of).toArray(), up, fold));
  }

  private static double[] losses(List<OutOfFold> rows, ToDoubleFunction<OutOfFold> of) {
    return rows.stream()
        .mapToDouble(row -> Metric.squaredError(of.applyAsDouble(row), row.up()))
        .toArray();
  }
}
