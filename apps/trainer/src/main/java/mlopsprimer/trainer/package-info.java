/**
 * The training program: {@code TrainingRun} reads as a table of contents, from prices to a
 * champion.
 */
package mlopsprimer.trainer;
