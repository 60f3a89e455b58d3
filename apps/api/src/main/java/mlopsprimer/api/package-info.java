/** The serving program: its command line, and the start and the stop of its server. */
package mlopsprimer.api;
