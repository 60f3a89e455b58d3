/** What the forest sees: scale-free columns computed alike for training and for serving. */
package mlopsprimer.features;
