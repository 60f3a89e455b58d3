/** How both programs read their settings from the command line and the environment. */
package mlopsprimer.settings;
