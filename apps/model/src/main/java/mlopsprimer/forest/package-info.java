/** The model: a flat forest, its calibration, and the bytes of both. */
package mlopsprimer.forest;
