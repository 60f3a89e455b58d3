package mlopsprimer.trainer.source;

import java.time.Clock;
import mlopsprimer.contract.SettingValues;

/**
 * What sources may need to be opened.
 *
 * @param settings the trainer's settings
 * @param clock clock that decides which sessions have closed
 */
public record SourceSettings(SettingValues settings, Clock clock) {}
