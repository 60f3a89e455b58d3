/** The model: a forest in flat arrays, its calibration, and the format of model.bin. */
package mlopsprimer.forest;
