/** The serving program: command line, settings, and the life of the server from start to stop. */
package mlopsprimer.api;
