package mlopsprimer.api.routes;

import mlopsprimer.api.serving.ServedForecast;

/**
 * The JSON of a forecast at the default threshold while the store can be read. The JSON is written
 * once and sent with every answer.
 */
final class PreparedAnswer {
  private final ServedForecast forecast;
  private final byte[] fresh;
  private final byte[] stale;

  PreparedAnswer(ServedForecast forecast, double threshold) {
    this.forecast = forecast;
    this.fresh = Answer.of(forecast, threshold, false, false).toJson();
    this.stale = Answer.of(forecast, threshold, true, false).toJson();
  }

  boolean isOf(ServedForecast other) {
    return forecast.equals(other);
  }

  /** The JSON body. The caller must not change the array. */
  byte[] body(boolean isStale) {
    return isStale ? stale : fresh;
  }
}
