package mlopsprimer.store;

/**
 * Value of a metric and its 95 % interval.
 *
 * @param value value of the metric; null if the metric is not defined, such as the ROC AUC of days
 *     that all went UP
 * @param low lower end of the interval; null if {@code value} is null
 * @param high upper end of the interval; null if {@code value} is null
 */
public record Estimate(Double value, Double low, Double high) {}
