/**
 * Follows the alias champion in MLflow's model registry. No class of this package is loaded unless
 * the setting {@code --mlflow} names a server. This package never writes to MLflow or to the store.
 */
package mlopsprimer.api.registry;
