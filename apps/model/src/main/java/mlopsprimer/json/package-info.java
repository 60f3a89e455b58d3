/** How days, times and tickers are written in JSON, in the store and over HTTP alike. */
package mlopsprimer.json;
