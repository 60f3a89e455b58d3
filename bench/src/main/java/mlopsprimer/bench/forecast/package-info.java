/** Measures how good the forecasts are, and how the calibration and the promotion were chosen. */
package mlopsprimer.bench.forecast;
