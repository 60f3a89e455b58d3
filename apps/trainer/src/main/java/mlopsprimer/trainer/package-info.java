/** The training program. {@code TrainingRun} lists the steps from prices to a champion. */
package mlopsprimer.trainer;
