/** The model store: immutable versions, the champion pointer, newest features, and forecasts. */
package mlopsprimer.store;
