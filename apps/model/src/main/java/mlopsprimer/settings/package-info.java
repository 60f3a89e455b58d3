/**
 * How both programs read their settings: a flag, or the variable of its name; all problems at once.
 */
package mlopsprimer.settings;
