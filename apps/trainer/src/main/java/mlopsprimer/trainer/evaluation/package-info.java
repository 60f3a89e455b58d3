/** How good a forest is on days it has not seen, and whether that is good enough to serve it. */
package mlopsprimer.trainer.evaluation;
