package mlopsprimer.trainer;

import mlopsprimer.contract.AppSettings;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.store.ModelStore;
import mlopsprimer.store.TickerStore;

/** Opens the store of the ticker that the settings name. */
final class Stores {
  private Stores() {}

  static TickerStore open(SettingValues settings) {
    return new ModelStore(settings.get(AppSettings.STORE)).ticker(settings.get(AppSettings.TICKER));
  }
}
