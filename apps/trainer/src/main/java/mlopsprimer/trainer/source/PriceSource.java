package mlopsprimer.trainer.source;

import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.PriceSeries;

/** Something that knows daily prices. */
public interface PriceSource {
  /** As settings name it: {@code yahoo}, {@code csv:PATH}, {@code sample}. */
  String name();

  /**
   * All the rows that the request can use, and perhaps older ones. Sessions that have not closed by
   * the clock are not among them.
   *
   * @throws SourceUnreachableException if trying again later may help
   * @throws BadDataException if what the source has cannot be used
   */
  PriceSeries fetch(PriceRequest request);
}
