package mlopsprimer.api.serving;

import java.time.Instant;

/** A forecast with its answers to the default threshold already written. */
public final class Served {
  private final Forecast forecast;
  private final double defaultThreshold;
  private final byte[] fresh;
  private final byte[] stale;

  public Served(Forecast forecast, double defaultThreshold) {
    this.forecast = forecast;
    this.defaultThreshold = defaultThreshold;
    this.fresh = Answer.of(forecast, defaultThreshold, false).toJson();
    this.stale = Answer.of(forecast, defaultThreshold, true).toJson();
  }

  public Forecast forecast() {
    return forecast;
  }

  /** The body; not to be written to. */
  public byte[] answer(double threshold, Instant now) {
    boolean isStale = forecast.isStale(now);
    if (threshold == defaultThreshold) {
      return isStale ? stale : fresh;
    }
    return Answer.of(forecast, threshold, isStale).toJson();
  }
}
