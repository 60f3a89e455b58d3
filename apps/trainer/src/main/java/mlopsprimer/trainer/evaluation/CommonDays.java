package mlopsprimer.trainer.evaluation;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import mlopsprimer.store.OutOfFold;

/** Out-of-fold forecasts of the days for which two models have one, in the same order. */
record CommonDays(List<OutOfFold> challenger, List<OutOfFold> champion) {

  static CommonDays of(List<OutOfFold> challenger, List<OutOfFold> champion) {
    Map<LocalDate, OutOfFold> byDay = new HashMap<>();
    champion.forEach(row -> byDay.put(row.day(), row));
    List<OutOfFold> common =
        challenger.stream().filter(row -> byDay.containsKey(row.day())).toList();
    return new CommonDays(common, common.stream().map(row -> byDay.get(row.day())).toList());
  }

  int count() {
    return challenger.size();
  }

  /** Number of days whose outcome is the same in the prices of both models. */
  int agreeing() {
    return (int)
        IntStream.range(0, count())
            .filter(i -> challenger.get(i).up() == champion.get(i).up())
            .count();
  }

  /** Share of days whose outcome is the same in the prices of both models. */
  double agreement() {
    return (double) agreeing() / count();
  }

  /**
   * Squared error of the challenger minus that of the champion, per day. The outcome is that of the
   * challenger's prices, which are at least as new.
   */
  double[] excess(ToDoubleFunction<OutOfFold> forecast) {
    return IntStream.range(0, count())
        .mapToDouble(
            i -> {
              boolean up = challenger.get(i).up();
              return Metric.squaredError(forecast.applyAsDouble(challenger.get(i)), up)
                  - Metric.squaredError(forecast.applyAsDouble(champion.get(i)), up);
            })
        .toArray();
  }

  /** Pearson's correlation of both models' forecasts; 0 if one of them always says the same. */
  double correlation(ToDoubleFunction<OutOfFold> forecast) {
    double meanOurs = mean(challenger, forecast);
    double meanTheirs = mean(champion, forecast);
    double product = 0;
    double ours = 0;
    double theirs = 0;
    for (int i = 0; i < count(); i++) {
      double a = forecast.applyAsDouble(challenger.get(i)) - meanOurs;
      double b = forecast.applyAsDouble(champion.get(i)) - meanTheirs;
      product += a * b;
      ours += a * a;
      theirs += b * b;
    }
    return ours == 0 || theirs == 0 ? 0 : product / Math.sqrt(ours * theirs);
  }

  private static double mean(List<OutOfFold> rows, ToDoubleFunction<OutOfFold> forecast) {
    return rows.stream().mapToDouble(forecast).average().orElse(0);
  }
}
