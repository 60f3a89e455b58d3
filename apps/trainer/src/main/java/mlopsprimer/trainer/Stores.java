package mlopsprimer.trainer;

import java.util.List;
import mlopsprimer.contract.AppSettings;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.contract.SettingsException;
import mlopsprimer.contract.StorageLocation;
import mlopsprimer.contract.Ticker;
import mlopsprimer.storage.S3Options;
import mlopsprimer.storage.StorageException;
import mlopsprimer.storage.Storages;
import mlopsprimer.store.Champion;
import mlopsprimer.store.ModelStore;
import mlopsprimer.store.OldLayout;
import mlopsprimer.store.TickerStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store of the ticker that the settings name, and what a command needs of it. */
final class Stores {
  private static final Logger LOG = LoggerFactory.getLogger(Stores.class);

  private Stores() {}

  /**
   * Opens the store that the settings name, and moves the tickers that it has in the older layout.
   *
   * @throws StorageException if they cannot be moved
   */
  static TickerStore open(SettingValues settings) {
    return open(settings.get(AppSettings.STORE), S3Options.of(settings))
        .ticker(settings.get(AppSettings.TICKER));
  }

  /**
   * Opens the store at a location, and moves the tickers that it has in the older layout.
   *
   * @throws StorageException if they cannot be moved
   */
  static ModelStore open(StorageLocation location, S3Options options) {
    ModelStore store = new ModelStore(Storages.open(location, options));
    if (location instanceof StorageLocation.Directory directory) {
      List<Ticker> moved = new OldLayout(directory.path()).takeOver(store);
      if (!moved.isEmpty()) {
        LOG.atInfo()
            .addKeyValue("store", location)
            .addKeyValue("tickers", moved)
            .log("layout-moved");
      }
    }
    return store;
  }

  /**
   * The champion of the ticker.
   *
   * @throws StorageException if the ticker has none
   */
  static Champion championOf(TickerStore store) {
    return store
        .champion()
        .orElseThrow(
            () ->
                new StorageException(
                    "no champion of %s in this store; train one with: trainer train --ticker %s"
                        .formatted(store.ticker(), store.ticker())));
  }

  /**
   * @param flag the option that names the version
   * @throws SettingsException if the store does not have the version
   */
  static void requireVersion(String flag, String version, TickerStore store) {
    if (!store.versions().contains(version)) {
      throw new SettingsException(
          List.of(
              "%s: no version '%s' of %s; choose one of the stored versions: %s"
                  .formatted(flag, version, store.ticker(), store.versions())));
    }
  }
}
