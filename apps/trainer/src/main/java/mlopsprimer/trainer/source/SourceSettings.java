package mlopsprimer.trainer.source;

import java.net.URI;
import java.time.Clock;

/**
 * Settings that sources need.
 *
 * @param clock clock that decides which sessions have closed
 */
public record SourceSettings(URI yahooBaseUrl, Clock clock) {}
