package mlopsprimer.trainer.evaluation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import mlopsprimer.store.OutOfFold;

/** Scores of the forecasters on the days of single folds. They have no intervals. */
public final class FoldScores {
  private static final Map<String, ToDoubleFunction<OutOfFold>> FORECASTERS =
      new TreeMap<>(
          Map.of(
              WalkForward.MODEL,
              OutOfFold::forecast,
              WalkForward.BASE_RATE,
              OutOfFold::baseRate,
              WalkForward.PERSISTENCE,
              OutOfFold::persistence));

  private FoldScores() {}

  /**
   * Scores each fold.
   *
   * @return scores by number of the fold, then by forecaster, then by {@link Metric#key}; a metric
   *     that is not defined on the days of a fold is NaN
   */
  public static Map<Integer, Map<String, Map<String, Double>>> of(List<OutOfFold> rows) {
    Map<Integer, List<OutOfFold>> folds =
        rows.stream()
            .collect(Collectors.groupingBy(OutOfFold::fold, TreeMap::new, Collectors.toList()));
    Map<Integer, Map<String, Map<String, Double>>> scores = new TreeMap<>();
    folds.forEach(
        (fold, ofFold) -> {
          Map<String, Map<String, Double>> ofForecasters = new LinkedHashMap<>();
          FORECASTERS.forEach((name, forecast) -> ofForecasters.put(name, score(ofFold, forecast)));
          scores.put(fold, ofForecasters);
        });
    return scores;
  }

  private static Map<String, Double> score(
      List<OutOfFold> rows, ToDoubleFunction<OutOfFold> forecast) {
    boolean[] up = new boolean[rows.size()];
    int[] once = new int[rows.size()];
    Arrays.fill(once, 1);
    for (int i = 0; i < up.length; i++) {
      up[i] = rows.get(i).up();
    }
    double[] probability = rows.stream().mapToDouble(forecast).toArray();
    Map<String, Double> scores = new LinkedHashMap<>();
    new Forecasts(probability, up, new int[up.length])
        .score(once)
        .forEach((metric, value) -> scores.put(metric.key(), value));
    return scores;
  }
}
