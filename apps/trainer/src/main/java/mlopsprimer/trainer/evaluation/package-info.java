/**
 * Evaluates a forest on days that were not used to train it, and decides whether the model becomes
 * the champion.
 */
package mlopsprimer.trainer.evaluation;
