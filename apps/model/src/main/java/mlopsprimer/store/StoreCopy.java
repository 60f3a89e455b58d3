package mlopsprimer.store;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import mlopsprimer.contract.Ticker;
import mlopsprimer.storage.Storage;
import mlopsprimer.storage.StorageException;

/**
 * Copies a model store into another one: a backup, or the return from it. Programs may write to
 * both meanwhile. A copy that was stopped is completed by the next one, which copies only what is
 * missing.
 *
 * <p>The versions are copied first, each verified by its SHA-256, and the champion last, so that
 * the copy's champion always is a version of the copy. The champion of the destination is replaced
 * if it became the champion earlier than that of the source. Otherwise it stays, unless {@code
 * overwrite} is set. Feature rows and forecasts are merged: the newer row stays, and no line is
 * lost.
 *
 * @param overwrite whether the champion of the destination is replaced in any case
 */
public record StoreCopy(ModelStore from, ModelStore to, boolean overwrite) {

  /**
   * The tickers of the source, in alphabetical order.
   *
   * @throws StorageException if the source cannot be listed
   */
  public List<Ticker> tickers() {
    NavigableSet<Ticker> tickers = new TreeSet<>(from.tickers());
    for (String folder : List.of(ObjectKeys.FORECASTS, ObjectKeys.REALISED)) {
      for (Storage.Listed object : from.storage().list(folder)) {
        ObjectKeys.tickerOf(object.key(), folder).ifPresent(tickers::add);
      }
    }
    for (Storage.Listed object : from.storage().list(ObjectKeys.VERSIONS)) {
      String rest = object.key().substring(ObjectKeys.VERSIONS.length());
      ObjectKeys.tickerNamed(rest.split("/", 2)[0]).ifPresent(tickers::add);
    }
    return List.copyOf(tickers);
  }

  /**
   * Copies one ticker.
   *
   * @throws StorageException if one of the stores cannot be used
   */
  public CopyResult copy(Ticker ticker) {
    return new TickerCopy(from.ticker(ticker), to.ticker(ticker), overwrite).run();
  }
}
