package mlopsprimer.store;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;

/**
 * Scores of a version on the days of the walk-forward evaluation. Components that older versions
 * did not write are null in their manifests.
 *
 * @param rows number of out-of-fold forecasts
 * @param skill 1 - Brier score / Brier score of the base rate; null if the version serves the base
 *     rate
 * @param measuredSkill the same figure with its 95 % interval, measured for the calibrated forest
 *     whether the version serves it or not; null in older manifests
 * @param baseRate smoothed share of UP in all training rows, the forecast of the base rate for the
 *     next session; null in older manifests
 * @param scores estimates by forecaster (model, baseRate, persistence), then by metric
 * @param importance rise of the forests' Brier score if the column is shuffled, by name of the
 *     column; null in older manifests
 */
public record Evaluation(
    int folds,
    int rows,
    LocalDate firstDay,
    LocalDate lastDay,
    Double skill,
    Estimate measuredSkill,
    Double baseRate,
    Map<String, Map<String, Estimate>> scores,
    Map<String, Estimate> importance) {
  public Evaluation {
    Objects.requireNonNull(firstDay, "firstDay");
    Objects.requireNonNull(lastDay, "lastDay");
    Objects.requireNonNull(scores, "scores");
  }
}
