/**
 * Records trainings in MLflow, and keeps the alias champion of its model registry and the champion
 * pointer of the store together. Nothing here decides whether a training succeeds.
 */
package mlopsprimer.trainer.tracking;
