package mlopsprimer.trainer;

import java.nio.file.Path;
import mlopsprimer.contract.Ticker;
import mlopsprimer.settings.Problems;
import mlopsprimer.settings.SettingsException;
import mlopsprimer.store.ModelStore;
import mlopsprimer.store.TickerStore;
import picocli.CommandLine.Option;

/** Which ticker's models, and where they are. */
class StoreOptions {
  @Option(
      names = "--ticker",
      defaultValue = "SPY",
      description = "Yahoo symbol (default: ${DEFAULT-VALUE})")
  private String ticker;

  @Option(
      names = "--store",
      defaultValue = "models",
      description = "directory of the models (default: ${DEFAULT-VALUE})")
  private String store;

  /**
   * @throws SettingsException naming every option that is wrong
   */
  TickerStore open() {
    Problems problems = new Problems();
    Ticker parsedTicker = problems.parse("--ticker", ticker, Ticker::of);
    Path parsedStore = problems.parse("--store", store, Path::of);
    problems.throwIfAny();
    return new ModelStore(parsedStore).ticker(parsedTicker);
  }
}
