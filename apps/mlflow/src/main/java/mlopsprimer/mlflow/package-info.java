/**
 * The REST API of an MLflow server: registered models and their aliases, runs and their artifacts.
 * A program that is not given a server loads no class of this package.
 */
package mlopsprimer.mlflow;
