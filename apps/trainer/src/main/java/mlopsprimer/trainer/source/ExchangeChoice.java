package mlopsprimer.trainer.source;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import mlopsprimer.contract.Exchange;
import mlopsprimer.contract.Exchanges;
import mlopsprimer.contract.Ticker;
import mlopsprimer.contract.TrainerSettings;
import mlopsprimer.prices.ExchangeGuess;
import mlopsprimer.prices.TradingCalendar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which exchange the prices of a ticker follow, and logs what the decision rests on.
 *
 * @param setting the exchange of the setting {@code exchange}; empty for auto
 */
record ExchangeChoice(Optional<Exchange> setting) {
  static final ExchangeChoice AUTO = new ExchangeChoice(Optional.empty());

  private static final Logger LOG = LoggerFactory.getLogger(ExchangeChoice.class);

  static ExchangeChoice of(SourceSettings settings) {
    return new ExchangeChoice(settings.settings().get(TrainerSettings.EXCHANGE));
  }

  /**
   * Zone of the exchange that the setting names, in which stamps with an offset are read. It is
   * empty for {@code weekdays}, because the zone of an unknown exchange is not known.
   */
  Optional<ZoneId> zoneOfStamps() {
    return setting
        .filter(exchange -> !exchange.equals(TradingCalendar.WEEKDAYS.exchange()))
        .map(Exchange::zone);
  }

  /** The exchange of a file: that of the setting, or of the symbol's suffix, or of the days. */
  Exchange ofFile(Ticker ticker, Path file, List<LocalDate> days) {
    if (setting.isPresent()) {
      return ofSetting(ticker, days);
    }
    Optional<Exchange> named = ExchangeGuess.confirmed(Exchanges.namedBy(ticker), days);
    if (named.isPresent()) {
      return log(ticker, named.get(), "symbol");
    }
    Exchange guess = ExchangeGuess.of(days, exchange -> true);
    LOG.atInfo()
        .addKeyValue("ticker", ticker)
        .addKeyValue("file", file)
        .addKeyValue("exchange", guess)
        .addKeyValue("name", guess.description())
        .addKeyValue("advice", "guessed from the days; use --exchange if it is another one")
        .log("exchange-guessed");
    return guess;
  }

  /**
   * The exchange of an answer of Yahoo: that of the setting, of Yahoo's name of the exchange, of
   * the symbol, or of the days. Except for the setting, an exchange whose time zone is not that of
   * the answer is not taken.
   *
   * @param yahooName the answer's exchangeName; null if it has none
   */
  Exchange ofYahoo(Ticker ticker, String yahooName, ZoneId zone, List<LocalDate> days) {
    if (setting.isPresent()) {
      return ofSetting(ticker, days);
    }
    Optional<Exchange> byName =
        ExchangeGuess.confirmed(
            Optional.ofNullable(yahooName)
                .flatMap(Exchanges::ofYahooName)
                .filter(exchange -> isIn(zone, exchange)),
            days);
    if (byName.isPresent()) {
      return log(ticker, byName.get(), "Yahoo's exchangeName " + yahooName);
    }
    Optional<Exchange> bySymbol =
        ExchangeGuess.confirmed(
            Exchanges.namedBy(ticker).filter(exchange -> isIn(zone, exchange)), days);
    return bySymbol.isPresent()
        ? log(ticker, bySymbol.get(), "symbol")
        : log(ticker, guess(zone, days), "days");
  }

  /**
   * The exchange of the zone that fits the days, or else one of another zone: an index of Chicago
   * may have the sessions of New York. Currencies are not guessed, because Yahoo names them.
   */
  private static Exchange guess(ZoneId zone, List<LocalDate> days) {
    Exchange there =
        ExchangeGuess.of(days, exchange -> !exchange.isFloating() && isIn(zone, exchange));
    return there.isFloating() ? ExchangeGuess.of(days, exchange -> !exchange.isFloating()) : there;
  }

  /** The exchange of a ticker whose prices this program makes up. */
  Exchange ofSymbol(Ticker ticker) {
    return setting.orElseGet(() -> Exchanges.ofSymbol(ticker));
  }

  private Exchange ofSetting(Ticker ticker, List<LocalDate> days) {
    Exchange exchange = setting.orElseThrow();
    if (ExchangeGuess.confirmed(setting, days).isEmpty()) {
      LOG.atWarn()
          .addKeyValue("ticker", ticker)
          .addKeyValue("exchange", exchange)
          .addKeyValue("guess", ExchangeGuess.of(days, any -> true))
          .addKeyValue("advice", "over a tenth of the days have no session there; check --exchange")
          .log("exchange-contradicted");
    }
    return log(ticker, exchange, "setting");
  }

  private static Exchange log(Ticker ticker, Exchange exchange, String by) {
    LOG.atInfo()
        .addKeyValue("ticker", ticker)
        .addKeyValue("exchange", exchange)
        .addKeyValue("name", exchange.description())
        .addKeyValue("by", by)
        .log("exchange");
    return exchange;
  }

  private static boolean isIn(ZoneId zone, Exchange exchange) {
    return exchange.isFloating() || exchange.zone().getRules().equals(zone.getRules());
  }
}
