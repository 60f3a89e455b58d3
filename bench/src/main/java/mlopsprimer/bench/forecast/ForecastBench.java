package mlopsprimer.bench.forecast;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.trainer.evaluation.CalibrationRule;

/**
 * Scores calibrations on real prices, on random walks and on samples, and chooses one with each
 * source left out in turn. Argument: the directory that bench/forecast.py fills.
 */
public final class ForecastBench {
  private static final int WALKS = 300;
  private static final int SAMPLES = 20;
  private static final CalibrationRule STARTING_POINT = new CalibrationRule(0.5, 500, 0.3);
  private static final List<String> ENDS =
      List.of("2006-12-31", "2010-12-31", "2014-12-31", "2018-12-31");
  private static final PrintStream OUT = System.out;

  private ForecastBench() {}

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    Series series = new Series(Path.of(arguments[0]));
    Map<String, List<Evaluated>> sources = new LinkedHashMap<>();
    List<PriceSeries> sp500 = series.windows("sp500.csv", ENDS);
    sources.put("S&P 500", evaluate(sp500));
    sources.put("Nasdaq", evaluate(series.windows("nasdaq.csv", ENDS)));
    sources.put("GOOG", evaluate(series.windows("goog.csv", List.of("2009-08-31", "2013-03-01"))));
    sources.put("walks", evaluate(Series.walks(sp500.get(3), WALKS)));
    sources.put("samples", evaluate(Series.samples(SAMPLES)));
    printScores(sources);
    printChoice(sources);
    Nights.print(series, OUT);
  }

  private static List<Evaluated> evaluate(List<PriceSeries> windows) {
    return windows.stream().map(Evaluated::of).toList();
  }

  private static void printScores(Map<String, List<Evaluated>> sources) {
    OUT.println("Brier score against the plain base rate, in 1e-5; below 0 is better");
    OUT.printf(
        "%-9s %6s %10s %16s %10s %22s%n",
        "source", "days", "smoothed", "starting point", "served", "forest, served of");
    for (Map.Entry<String, List<Evaluated>> source : sources.entrySet()) {
      List<Evaluated> windows = source.getValue();
      long served =
          windows.stream().filter(each -> each.report().evaluation().skill() != null).count();
      double smoothed = excess(windows, each -> each.baseRateLoss(CalibrationRule.CHOSEN));
      double chosen = excess(windows, each -> each.loss(CalibrationRule.CHOSEN, true));
      OUT.printf(
          "%-9s %6d %+10.1f %+16.1f %+10.1f %+10.1f, %3d of %3d%n",
          source.getKey(),
          windows.stream().mapToInt(Evaluated::days).sum(),
          smoothed,
          excess(windows, each -> each.loss(STARTING_POINT, false)),
          chosen,
          chosen - smoothed,
          served,
          windows.size());
    }
    OUT.println();
  }

  private interface Loss {
    double of(Evaluated window);
  }

  private static double excess(List<Evaluated> windows, Loss loss) {
    double days = windows.stream().mapToInt(Evaluated::days).sum();
    double sum = windows.stream().mapToDouble(each -> loss.of(each) - each.plainLoss()).sum();
    return 1e5 * sum / days;
  }

  /**
   * Chooses the rule with the best mean over the other sources among those that are nowhere worse
   * than the starting point, and scores it on the source that was left out.
   */
  private static void printChoice(Map<String, List<Evaluated>> sources) {
    Map<CalibrationRule, Map<String, Double>> scores = new LinkedHashMap<>();
    for (CalibrationRule rule : rules()) {
      Map<String, Double> ofRule = new LinkedHashMap<>();
      sources.forEach(
          (name, windows) -> ofRule.put(name, excess(windows, each -> each.loss(rule, true))));
      scores.put(rule, ofRule);
    }
    Map<String, Double> start = new LinkedHashMap<>();
    sources.forEach(
        (name, windows) ->
            start.put(name, excess(windows, each -> each.loss(STARTING_POINT, false))));
    OUT.println("rule chosen without one source, and its score on that source");
    for (String left : sources.keySet()) {
      print(left, choose(scores, start, left), scores, start);
    }
    print("none", choose(scores, start, "none"), scores, start);
    OUT.println();
  }

  private static void print(
      String left,
      CalibrationRule rule,
      Map<CalibrationRule, Map<String, Double>> scores,
      Map<String, Double> start) {
    OUT.printf(
        "%-9s share %.2f, %4.0f days, deviation %.1f",
        left, rule.usualShare(), rule.usualDays(), rule.slopeDeviation());
    if (start.containsKey(left)) {
      OUT.printf(": %+.1f; starting point %+.1f", scores.get(rule).get(left), start.get(left));
    }
    OUT.println();
  }

  private static CalibrationRule choose(
      Map<CalibrationRule, Map<String, Double>> scores, Map<String, Double> start, String left) {
    return scores.entrySet().stream()
        .filter(
            rule ->
                start.entrySet().stream()
                    .filter(source -> !source.getKey().equals(left))
                    .allMatch(source -> rule.getValue().get(source.getKey()) <= source.getValue()))
        .min(
            Comparator.comparingDouble(
                rule ->
                    rule.getValue().entrySet().stream()
                        .filter(source -> !source.getKey().equals(left))
                        .mapToDouble(Map.Entry::getValue)
                        .average()
                        .orElseThrow()))
        .map(Map.Entry::getKey)
        .orElse(STARTING_POINT);
  }

  private static List<CalibrationRule> rules() {
    List<CalibrationRule> rules = new ArrayList<>();
    for (double share : new double[] {0.50, 0.51}) {
      for (double days : new double[] {250, 500, 1000}) {
        for (double deviation : new double[] {0.1, 0.2, 0.3, 0.5}) {
          rules.add(new CalibrationRule(share, days, deviation));
        }
      }
    }
    return rules;
  }
}
