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
 */
public record SourceSettings(
    SettingValues settings, Clock clock, Map<String, String> environment) {}
