/** Reads and writes JSON, in the same form in the store and over HTTP. */
package mlopsprimer.json;
