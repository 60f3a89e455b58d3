package mlopsprimer.api.serving;

import java.util.Optional;
import mlopsprimer.contract.Ticker;
import mlopsprimer.forest.CorruptModelException;
import mlopsprimer.storage.StorageException;
import mlopsprimer.store.TickerStore;

/**
 * Decides which version of a ticker is served, and reads it. Only the thread of the {@link
 * StorePoller} calls these methods.
 */
public interface ChampionReader {
  /** Serves what the champion pointer of the store names. */
  ChampionReader BY_POINTER =
      new ChampionReader() {
        @Override
        public Optional<ServedForecast> read(TickerStore store) {
          return ForecastLoader.champion(store);
        }

        @Override
        public boolean isSettled(Ticker ticker) {
          return true;
        }
      };

  /**
   * Reads the forecast that is to be served; empty if the ticker has no champion.
   *
   * @throws CorruptModelException if the version is damaged, or no feature row has its schema
   * @throws StorageException if the storage fails, or the pointer or the rows are damaged
   */
  Optional<ServedForecast> read(TickerStore store);

  /**
   * Whether nothing but the store can have changed what is to be served since the ticker was last
   * read. The method must not wait for another machine.
   */
  boolean isSettled(Ticker ticker);
}
