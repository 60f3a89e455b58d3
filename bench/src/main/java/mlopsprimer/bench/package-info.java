/** What bench/run measures beside the two apps. */
package mlopsprimer.bench;
