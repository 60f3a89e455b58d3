/**
 * Sources of prices. A new source is a class that implements {@code PriceSource} and has an
 * annotated {@code PriceSourceFactory}.
 */
package mlopsprimer.trainer.source;
