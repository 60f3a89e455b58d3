/** Programs that bench/run.py measures in addition to the two apps. */
package mlopsprimer.bench;
