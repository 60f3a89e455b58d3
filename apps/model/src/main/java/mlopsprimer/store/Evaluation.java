package mlopsprimer.store;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;

/**
 * Scores of a version on the days of the walk-forward evaluation.
 *
 * @param rows number of out-of-fold forecasts
 * @param skill 1 - Brier score / Brier score of the base rate; null if the version serves the base
 *     rate
 * @param scores estimates by forecaster (model, baseRate, persistence), then by metric
 */
public record Evaluation(
    int folds,
    int rows,
    LocalDate firstDay,
    LocalDate lastDay,
    Double skill,
    Map<String, Map<String, Estimate>> scores) {
  public Evaluation {
    Objects.requireNonNull(firstDay, "firstDay");
    Objects.requireNonNull(lastDay, "lastDay");
    Objects.requireNonNull(scores, "scores");
  }
}
