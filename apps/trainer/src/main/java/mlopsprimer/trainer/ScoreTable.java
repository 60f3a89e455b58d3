package mlopsprimer.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mlopsprimer.prices.DataFact;
import mlopsprimer.store.Estimate;
import mlopsprimer.store.Evaluation;
import mlopsprimer.store.Manifest;
import mlopsprimer.trainer.evaluation.Metric;
import mlopsprimer.trainer.evaluation.WalkForward;

/** Prints the scores of a version beside the scores of both baselines. */
final class ScoreTable {
  private ScoreTable() {}

  static String of(Manifest manifest) {
    return of(manifest, manifest.dataQuality());
  }

  /**
   * @param dataQuality what a reader should know about the prices
   */
  static String of(Manifest manifest, List<DataFact> dataQuality) {
    Evaluation evaluation = manifest.evaluation();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s from %s: %d sessions, %s to %s"
            .formatted(
                manifest.ticker(),
                source(manifest),
                manifest.data().rows(),
                manifest.data().firstDay(),
                manifest.data().lastDay()));
    dataQuality.forEach(fact -> lines.add("quality   " + fact));
    lines.add(
        "%d forecasts of unseen days in %d folds, %s to %s; 95 %% intervals"
            .formatted(
                evaluation.rows(),
                evaluation.folds(),
                evaluation.firstDay(),
                evaluation.lastDay()));
    lines.add("");
    lines.add(row("", "model", "base rate", "persistence"));
    for (String metric : evaluation.scores().get(WalkForward.MODEL).keySet()) {
      lines.add(
          row(
              Metric.titleOf(metric),
              cell(evaluation, WalkForward.MODEL, metric),
              cell(evaluation, WalkForward.BASE_RATE, metric),
              cell(evaluation, WalkForward.PERSISTENCE, metric)));
    }
    lines.add("");
    lines.add("skill     " + skill(manifest));
    return String.join(System.lineSeparator(), lines);
  }

  static String source(Manifest manifest) {
    return manifest.dataSource().isSynthetic()
        ? manifest.dataSource() + " (synthetic prices, not the market's)"
        : manifest.dataSource().name();
  }

  static String skill(Manifest manifest) {
    Evaluation evaluation = manifest.evaluation();
    String measured =
        evaluation.measuredSkill() == null || evaluation.measuredSkill().value() == null
            ? "not measured"
            : "%s [%s, %s]"
                .formatted(
                    signed(evaluation.measuredSkill().value()),
                    signed(evaluation.measuredSkill().low()),
                    signed(evaluation.measuredSkill().high()));
    if (evaluation.skill() == null) {
      return "none: the forest did not help, so the base rate is served; measured: " + measured;
    }
    boolean sure = evaluation.measuredSkill() != null && evaluation.measuredSkill().low() > 0;
    return "%s = 1 - Brier score / Brier score of the base rate; %s"
        .formatted(
            evaluation.measuredSkill() == null ? number(evaluation.skill()) : measured,
            sure ? "better than the base rate" : "the interval contains 0, so this may be chance");
  }

  static String cell(Evaluation evaluation, String forecaster, String metric) {
    Estimate estimate = evaluation.scores().get(forecaster).get(metric);
    return estimate.value() == null
        ? "-"
        : "%s [%s, %s]"
            .formatted(number(estimate.value()), number(estimate.low()), number(estimate.high()));
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  static String signed(double value) {
    return String.format(Locale.ROOT, "%+.5f", value);
  }

  private static String row(String title, String... cells) {
    return String.format(Locale.ROOT, "%-31s%-26s%-26s%s", title, cells[0], cells[1], cells[2])
        .stripTrailing();
  }
}
