/**
 * Sources of prices. A new source is a class that implements {@code PriceSource} and has an
 * annotated {@code PriceSourceFactory}. {@code SourceSpec.Kind} lists its name.
 */
package mlopsprimer.trainer.source;
