package mlopsprimer.store;

import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;

/**
 * How the walk-forward went.
 *
 * @param rows out-of-fold rows
 * @param skill 1 - Brier score / Brier score of the base rate; null if the base rate is what is
 *     served
 * @param scores forecaster (model, baseRate, persistence) → metric → estimate
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
