/** Reads the settings of both programs from the command line and the environment. */
package mlopsprimer.settings;
