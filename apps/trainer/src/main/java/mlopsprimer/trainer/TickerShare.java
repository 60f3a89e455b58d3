package mlopsprimer.trainer;

import java.util.List;
import java.util.Map;
import mlopsprimer.contract.AppPod;
import mlopsprimer.contract.AppSettings;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.contract.SettingsException;
import mlopsprimer.contract.Ticker;
import mlopsprimer.contract.TrainerSettings;

/** The tickers that this process trains: all of the settings, or those of its index. */
final class TickerShare {
  private TickerShare() {}

  /**
   * @param environment has the number of this process, if several processes share the tickers
   * @throws SettingsException if there is no such number, or no ticker for it
   */
  static List<Ticker> of(SettingValues settings, Map<String, String> environment) {
    List<Ticker> several = settings.get(TrainerSettings.TICKERS);
    List<Ticker> all = several.isEmpty() ? List.of(settings.get(AppSettings.TICKER)) : several;
    int indexes = settings.get(TrainerSettings.INDEXES);
    if (indexes == 1) {
      return all;
    }
    if (indexes > all.size()) {
      throw new SettingsException(
          List.of(
              "--indexes is '%d': at most the number of symbols, which is %d, is needed"
                  .formatted(indexes, all.size())));
    }
    String index = environment.getOrDefault(AppPod.INDEX_VARIABLE, "");
    if (!index.matches("\\d{1,6}") || Integer.parseInt(index) >= indexes) {
      throw new SettingsException(
          List.of(
              "%s is '%s': a number from 0 to %d is needed, because --indexes is %d; an Indexed Job of Kubernetes sets this variable"
                  .formatted(AppPod.INDEX_VARIABLE, index, indexes - 1, indexes)));
    }
    return Ticker.share(all, indexes, Integer.parseInt(index));
  }
}
