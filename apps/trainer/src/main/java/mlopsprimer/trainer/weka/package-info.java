/** Weka, and nothing but Weka: how a forest is grown and taken out of it. */
package mlopsprimer.trainer.weka;
