package mlopsprimer.store;

/**
 * Scores of the forecasts that were served and whose outcome is known. Only forecasts with a logged
 * base rate are counted, so that both forecasters are scored on the same days. Forecasts that were
 * made after the close of their session are not counted.
 *
 * @param forecasts number of forecasts
 * @param right number of forecasts whose direction was right at a threshold of 0.5
 * @param brier Brier score of the served probabilities
 * @param brierOfBaseRate Brier score of the base rate on the same days
 * @param difference {@code brier} minus {@code brierOfBaseRate}, with its 95 % interval; below 0 if
 *     the served probabilities were better. The ends of the interval are null if there are too few
 *     forecasts.
 */
public record RealisedScores(
    int forecasts, int right, double brier, double brierOfBaseRate, Estimate difference) {}
