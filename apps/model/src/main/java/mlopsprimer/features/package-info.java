/** Features of a price series: scale-free columns, computed alike for training and serving. */
package mlopsprimer.features;
