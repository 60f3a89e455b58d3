/** Trains forests with Weka. No other package uses Weka. */
package mlopsprimer.trainer.weka;
