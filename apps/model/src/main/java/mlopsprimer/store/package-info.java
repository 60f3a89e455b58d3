/** Where models live: immutable versions, a champion pointer, the latest features, forecasts. */
package mlopsprimer.store;
