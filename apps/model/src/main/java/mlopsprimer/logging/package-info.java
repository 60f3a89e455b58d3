/** Logging of both programs: one line per event, on standard error. */
package mlopsprimer.logging;
