package mlopsprimer.store;

/**
 * Value of a metric and its 95 % interval.
 *
 * @param value null if the metric is not defined, such as a ROC AUC of days that all went UP
 */
public record Estimate(Double value, Double low, Double high) {}
