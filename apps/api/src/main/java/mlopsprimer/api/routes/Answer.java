package mlopsprimer.api.routes;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import mlopsprimer.api.serving.ServedForecast;
import mlopsprimer.json.Json;
import mlopsprimer.prices.DataFact;

/**
 * The JSON body of a prediction. The components of the record are the fields of the JSON, in the
 * same order.
 *
 * @param prediction UP or DOWN
 * @param confidence the probability of UP, rounded to three decimals, for both predictions
 * @param asOf the last session whose prices the forecast uses
 * @param forDate the session that is forecast
 * @param stale whether the session that is forecast has closed
 * @param degraded whether another version replaces the champion because the champion is unreadable,
 *     or the store cannot be read at the moment, so that the forecast may not be the newest
 * @param dataQuality what a reader should know about the prices; empty if nothing is amiss
 */
record Answer(
    String prediction,
    double confidence,
    String ticker,
    LocalDate asOf,
    LocalDate forDate,
    double threshold,
    double probabilityUp,
    double probabilityDown,
    boolean stale,
    boolean degraded,
    String dataSource,
    List<DataFact> dataQuality,
    Model model) {

  /**
   * The model that made the forecast.
   *
   * @param skill 1 - Brier score / Brier score of the base rate; null if the model serves the base
   *     rate
   */
  record Model(String version, Instant trainedAt, String sha256, Double skill) {}

  static Answer of(ServedForecast forecast, double threshold, boolean stale, boolean storeAway) {
    double up = forecast.probabilityUp();
    return new Answer(
        forecast.isUp(threshold) ? "UP" : "DOWN",
        BigDecimal.valueOf(up).setScale(3, RoundingMode.HALF_UP).doubleValue(),
        forecast.manifest().ticker().symbol(),
        forecast.asOf(),
        forecast.forDate(),
        threshold,
        up,
        1 - up,
        stale,
        forecast.degraded() || storeAway,
        forecast.dataSource(),
        forecast.dataQuality(),
        new Model(
            forecast.version(),
            forecast.manifest().trainedAt(),
            forecast.manifest().sha256(),
            forecast.manifest().evaluation().skill()));
  }

  byte[] toJson() {
    return Json.line(this).getBytes(StandardCharsets.UTF_8);
  }
}
