package mlopsprimer.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mlopsprimer.store.Estimate;
import mlopsprimer.store.Evaluation;
import mlopsprimer.store.Manifest;
import mlopsprimer.trainer.evaluation.Metric;
import mlopsprimer.trainer.evaluation.WalkForward;

/** Prints the scores of a version beside the scores of both baselines. */
final class ScoreTable {
  private ScoreTable() {}

  static String of(Manifest manifest) {
    Evaluation evaluation = manifest.evaluation();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s from %s: %d sessions, %s to %s"
            .formatted(
                manifest.ticker(),
                manifest.dataSource().isSynthetic()
                    ? manifest.dataSource() + " (synthetic prices, not the market's)"
                    : manifest.dataSource(),
                manifest.data().rows(),
                manifest.data().firstDay(),
                manifest.data().lastDay()));
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

  private static String skill(Manifest manifest) {
    Double skill = manifest.evaluation().skill();
    if (skill == null) {
      return "none: the forest is not better than the base rate, so the base rate is served";
    }
    return number(skill)
        + (skill > 0
            ? " = 1 - Brier score / Brier score of the base rate; better than the base rate"
            : " = 1 - Brier score / Brier score of the base rate; not better than the base rate");
  }

  private static String cell(Evaluation evaluation, String forecaster, String metric) {
    Estimate estimate = evaluation.scores().get(forecaster).get(metric);
    return estimate.value() == null
        ? "-"
        : "%s [%s, %s]"
            .formatted(number(estimate.value()), number(estimate.low()), number(estimate.high()));
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String row(String title, String... cells) {
    return String.format(Locale.ROOT, "%-31s%-26s%-26s%s", title, cells[0], cells[1], cells[2])
        .stripTrailing();
  }
}
