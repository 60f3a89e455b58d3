/** Evaluates a forest on days that it has not seen, and decides whether it becomes the champion. */
package mlopsprimer.trainer.evaluation;
