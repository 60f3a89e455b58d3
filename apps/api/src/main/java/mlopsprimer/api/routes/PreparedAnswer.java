package mlopsprimer.api.routes;

import mlopsprimer.api.serving.Forecast;

/**
 * The JSON of a forecast at the default threshold. The JSON is written once and sent with every
 * answer.
 */
final class PreparedAnswer {
  private final Forecast forecast;
  private final byte[] fresh;
  private final byte[] stale;

  PreparedAnswer(Forecast forecast, double threshold) {
    this.forecast = forecast;
    this.fresh = Answer.of(forecast, threshold, false).toJson();
    this.stale = Answer.of(forecast, threshold, true).toJson();
  }

  boolean isOf(Forecast other) {
    return forecast.equals(other);
  }

  /** The JSON body. The caller must not change the array. */
  byte[] body(boolean isStale) {
    return isStale ? stale : fresh;
  }
}
