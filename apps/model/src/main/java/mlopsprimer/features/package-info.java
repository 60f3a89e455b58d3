/**
 * Features of a price series: scale-free columns. Training and serving compute them with the same
 * code.
 */
package mlopsprimer.features;
