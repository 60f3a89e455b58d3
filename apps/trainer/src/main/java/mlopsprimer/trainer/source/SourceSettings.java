package mlopsprimer.trainer.source;

import java.time.Clock;
import mlopsprimer.contract.SettingValues;

/**
 * Settings and clock that a price source is opened with.
 *
 * @param settings the trainer's settings
 * @param clock clock that decides which sessions have closed
 */
public record SourceSettings(SettingValues settings, Clock clock) {}
