package mlopsprimer.contract;

import java.nio.file.Path;

/** The settings that the trainer and the API have in common. */
public final class AppSettings {
  public static final Setting<Ticker> TICKER =
      new Setting<>(
          "ticker",
          Format.TICKER,
          "SPY",
          "Yahoo symbol, such as SPY, ^GSPC, BRK-B or EURUSD=X. The trainer trains on it, and the"
              + " API serves it to requests that name no ticker.");

  public static final Setting<Path> STORE =
      new Setting<>("store", Format.PATH, "models", "Directory of the model store.");

  private AppSettings() {}
}
