package mlopsprimer.trainer.source;

import java.time.Clock;
import java.util.Map;
import mlopsprimer.contract.SettingValues;

/**
 * Settings and clock that a price source is opened with.
 *
 * @param settings the trainer's settings
 * @param clock clock that decides which sessions have closed
 * @param environment variables of the environment, which may name a proxy
 * @param pace limits the requests to Yahoo, also over several tickers
 */
public record SourceSettings(
    SettingValues settings, Clock clock, Map<String, String> environment, RequestPace pace) {

  /** Settings for one fetch, which waits for no other. */
  public SourceSettings(SettingValues settings, Clock clock, Map<String, String> environment) {
    this(settings, clock, environment, RequestPace.NONE);
  }
}
