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

  /** Evaluates the folds of the table, and trains the stored model on all labelled rows. */
  public Report evaluate(FeatureTable table) {
    List<Fold> folds = Fold.over(table.labelled());
    List<Forest> forests = nursery.grow(table, trainingSizes(table));

    List<OutOfFold> rows = new ArrayList<>();
    boolean tested = false;
    for (Fold fold : folds) {
      Calibration ofFold = calibration(rows, table.shareUp(0, fold.trainEnd()));
      tested |= !ofFold.isBaseRate();
      rows.addAll(forecast(table, fold, forests.get(fold.number() - 1), ofFold));
    }
    double baseRate = table.shareUp(0, table.labelled());
    // The forest is served only if at least one fold has scored a calibrated forecast.
    Calibration calibration = tested ? calibration(rows, baseRate) : Calibration.baseRate(baseRate);
    DirectionModel model =
        new DirectionModel(table.schema().id(), calibration, forests.get(folds.size()));
    return new Report(model, List.copyOf(rows), evaluation(rows, calibration));
  }

  private static List<OutOfFold> forecast(
      FeatureTable table, Fold fold, Forest forest, Calibration calibration) {
    double baseRate = table.shareUp(0, fold.trainEnd());
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

  private static Calibration calibration(List<OutOfFold> known, double baseRate) {
    return PlattScaling.fit(column(known, OutOfFold::forest), outcomes(known), baseRate);
  }

  private Evaluation evaluation(List<OutOfFold> rows, Calibration calibration) {
    boolean[] up = outcomes(rows);
    Bootstrap bootstrap = new Bootstrap(rows.size(), seed);
    Map<String, Map<String, Estimate>> scores = new LinkedHashMap<>();
    scores.put(MODEL, scores(bootstrap, rows, OutOfFold::forecast, up));
    scores.put(BASE_RATE, scores(bootstrap, rows, OutOfFold::baseRate, up));
    scores.put(PERSISTENCE, scores(bootstrap, rows, OutOfFold::persistence, up));
    double ours = scores.get(MODEL).get(Metric.BRIER.key()).value();
    double baseline = scores.get(BASE_RATE).get(Metric.BRIER.key()).value();
    return new Evaluation(
        Fold.COUNT,
        rows.size(),
        rows.get(0).day(),
        rows.get(rows.size() - 1).day(),
        calibration.isBaseRate() ? null : 1 - ours / baseline,
        scores);
  }

  private static Map<String, Estimate> scores(
      Bootstrap bootstrap, List<OutOfFold> rows, ToDoubleFunction<OutOfFold> of, boolean[] up) {
    return bootstrap.estimate(new Forecasts(column(rows, of), up));
  }

  private static double[] column(List<OutOfFold> rows, ToDoubleFunction<OutOfFold> of) {
    return rows.stream().mapToDouble(of).toArray();
  }

  private static boolean[] outcomes(List<OutOfFold> rows) {
    boolean[] up = new boolean[rows.size()];
    for (int i = 0; i < up.length; i++) {
      up[i] = rows.get(i).up();
    }
    return up;
  }
}
