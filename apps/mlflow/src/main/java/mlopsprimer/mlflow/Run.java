package mlopsprimer.mlflow;

/**
 * A run of MLflow.
 *
 * @param experiment id of its experiment
 * @param artifacts URI of the directory of its artifacts, without a slash at its end
 */
public record Run(String id, String experiment, String artifacts) {}
