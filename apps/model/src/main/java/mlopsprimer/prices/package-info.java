/** Daily prices of one instrument, their source, and the sessions of its exchange. */
package mlopsprimer.prices;
