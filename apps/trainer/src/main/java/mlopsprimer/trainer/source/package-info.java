/** Where prices come from. A new source implements {@code PriceSource} and gets a {@code case}. */
package mlopsprimer.trainer.source;
