package mlopsprimer.store;

/**
 * A figure with its 95 % interval.
 *
 * @param value null if it cannot be computed, such as an AUC of days that all went UP
 */
public record Estimate(Double value, Double low, Double high) {}
