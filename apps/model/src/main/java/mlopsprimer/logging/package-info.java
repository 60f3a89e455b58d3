/** How both programs log: a line an event, on standard error. */
package mlopsprimer.logging;
