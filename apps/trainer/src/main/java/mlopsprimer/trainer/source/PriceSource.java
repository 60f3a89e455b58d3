package mlopsprimer.trainer.source;

import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.PriceSeries;

/** A source of daily prices. */
public interface PriceSource {
  /** Name of the source in settings: {@code yahoo}, {@code csv:PATH} or {@code sample}. */
  String name();

  /**
   * Fetches all rows that the request asks for. The result may have older rows too. Each session of
   * the result has closed.
   *
   * @throws SourceUnreachableException if the source does not answer; a later attempt may succeed
   * @throws BadDataException if the prices of the source cannot be used
   */
  PriceSeries fetch(PriceRequest request);
}
