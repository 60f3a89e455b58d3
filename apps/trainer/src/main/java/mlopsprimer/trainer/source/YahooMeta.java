package mlopsprimer.trainer.source;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import mlopsprimer.contract.Ticker;
import mlopsprimer.prices.BadDataException;

/**
 * The object {@code meta} of an answer of Yahoo: whose prices these are, and where they are from. A
 * component is null if the answer lacks it.
 */
record YahooMeta(
    String symbol,
    String exchangeName,
    String exchangeTimezoneName,
    String dataGranularity,
    CurrentTradingPeriod currentTradingPeriod) {

  record CurrentTradingPeriod(Session regular) {}

  record Session(long start, long end) {}

  /**
   * Time zone of the exchange.
   *
   * @throws BadDataException if the answer names no known time zone
   */
  ZoneId zone(Ticker ticker) {
    try {
      return ZoneId.of(String.valueOf(exchangeTimezoneName));
    } catch (DateTimeException e) {
      throw new BadDataException(
          "Yahoo does not name a known time zone: ticker=%s exchangeTimezoneName=%s; %s"
              .formatted(ticker, exchangeTimezoneName, YahooChart.OTHER_SOURCE),
          e);
    }
  }

  /**
   * @throws BadDataException if the answer says that the prices are those of another symbol, or not
   *     daily
   */
  void requireDailyPricesOf(Ticker ticker) {
    if (symbol != null && !symbol.equalsIgnoreCase(ticker.symbol())) {
      throw new BadDataException(
          "Yahoo answers with another symbol: ticker=%s symbol=%s; ask for that symbol, if it is meant"
              .formatted(ticker, symbol));
    }
    if (dataGranularity != null && !dataGranularity.equals("1d")) {
      throw new BadDataException(
          "the prices are not daily: ticker=%s dataGranularity=%s; Yahoo has no daily prices for this symbol or history, so use another --history or --source"
              .formatted(ticker, dataGranularity));
    }
  }

  /** The session that Yahoo calls the current one; empty if the answer has none. */
  Optional<TradingPeriod> period(ZoneId zone) {
    return currentTradingPeriod == null || currentTradingPeriod.regular() == null
        ? Optional.empty()
        : TradingPeriod.of(
            currentTradingPeriod.regular().start(), currentTradingPeriod.regular().end(), zone);
  }
}
