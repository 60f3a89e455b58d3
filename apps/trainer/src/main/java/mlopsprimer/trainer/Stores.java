package mlopsprimer.trainer;

import java.util.List;
import mlopsprimer.contract.AppSettings;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.contract.SettingsException;
import mlopsprimer.store.Champion;
import mlopsprimer.store.ModelStore;
import mlopsprimer.store.StorageException;
import mlopsprimer.store.TickerStore;

/** The store of the ticker that the settings name, and what a command needs of it. */
final class Stores {
  private Stores() {}

  static TickerStore open(SettingValues settings) {
    return new ModelStore(settings.get(AppSettings.STORE)).ticker(settings.get(AppSettings.TICKER));
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
