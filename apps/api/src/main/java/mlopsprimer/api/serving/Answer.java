package mlopsprimer.api.serving;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import mlopsprimer.json.Json;

/**
 * The body of a prediction, field by field in the contract's order.
 *
 * @param confidence the probability of UP, rounded to three digits, whichever way the prediction
 *     goes
 */
public record Answer(
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
    Model model) {

  /**
   * @param skill 1 - Brier score / Brier score of the base rate; null if the base rate is served
   */
  public record Model(String version, Instant trainedAt, String sha256, Double skill) {}

  public static Answer of(Forecast forecast, double threshold, boolean stale) {
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
        forecast.degraded(),
        forecast.dataSource(),
        new Model(
            forecast.version(),
            forecast.manifest().trainedAt(),
            forecast.manifest().sha256(),
            forecast.manifest().evaluation().skill()));
  }

  public byte[] toJson() {
    return Json.line(this).getBytes(StandardCharsets.UTF_8);
  }
}
