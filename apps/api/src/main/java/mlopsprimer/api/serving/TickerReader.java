package mlopsprimer.api.serving;

import java.util.Optional;
import mlopsprimer.contract.Ticker;
import mlopsprimer.storage.StorageException;
import mlopsprimer.store.TickerStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the objects of one ticker and puts its forecast on the board. */
record TickerReader(Board board, ChampionReader champions) {
  private static final Logger LOG = LoggerFactory.getLogger(TickerReader.class);
  private static final String OF_OLD_LAYOUT =
      "the store has this ticker in the layout of an older version; train it, or run another"
          + " command of the trainer on the store, such as: trainer status --store STORE --ticker TICKER";

  /**
   * Reads the champion.
   *
   * @param isOfOldLayout whether the store has the ticker in the layout of an older version too
   */
  ReadOutcome read(TickerStore store, boolean isOfOldLayout) {
    Ticker ticker = store.ticker();
    try {
      Optional<ServedForecast> champion = champions.read(store);
      champion.ifPresent(forecast -> serve(ticker, forecast));
      if (champion.isPresent()) {
        return ReadOutcome.GOOD;
      }
      return isOfOldLayout ? new ReadOutcome(OF_OLD_LAYOUT, false) : withoutChampion(ticker);
    } catch (RuntimeException e) { // a damaged object can cause any exception
      boolean good = board.of(ticker).map(forecast -> !forecast.degraded()).orElse(false);
      if (!good) {
        substitute(store);
      }
      return ReadOutcome.of(e);
    }
  }

  private ReadOutcome withoutChampion(Ticker ticker) {
    return board.of(ticker).isEmpty()
        ? ReadOutcome.GOOD
        : new ReadOutcome(
            "the champion pointer is missing; restore the store or train again", false);
  }

  private void substitute(TickerStore store) {
    try {
      ForecastLoader.substitute(store).ifPresent(forecast -> serve(store.ticker(), forecast));
    } catch (StorageException e) {
      LOG.atDebug().setCause(e).addKeyValue("ticker", store.ticker()).log("no-substitute");
    }
  }

  private void serve(Ticker ticker, ServedForecast forecast) {
    if (board.of(ticker).filter(forecast::equals).isPresent()) {
      return;
    }
    board.put(ticker, forecast);
    LOG.atInfo()
        .addKeyValue("ticker", ticker)
        .addKeyValue("version", forecast.version())
        .addKeyValue("asOf", forecast.asOf())
        .addKeyValue("probabilityUp", forecast.probabilityUp())
        .addKeyValue("degraded", forecast.degraded())
        .addKeyValue("chosenBy", forecast.chosenBy())
        .log("serving");
  }
}
