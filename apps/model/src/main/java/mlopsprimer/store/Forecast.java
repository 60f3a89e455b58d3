package mlopsprimer.store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import mlopsprimer.features.FeatureRow;
import mlopsprimer.prices.DataSource;
import mlopsprimer.prices.TradingCalendar;

/**
 * Forecast of one stored version for the session after the newest feature row.
 *
 * @param version id of the version that made the forecast
 * @param probabilityUp calibrated probability that {@code forDate} closes above {@code asOf}, in
 *     [0, 1]
 * @param asOf last session that the forecast knows
 * @param forDate session that the forecast is about, the first one after {@code asOf}
 * @param closesAt close of {@code forDate}; the forecast is stale from that time on
 * @param dataSource source of the prices; it is synthetic if the model or the feature row comes
 *     from synthetic prices
 */
public record Forecast(
    String version,
    Manifest manifest,
    double probabilityUp,
    LocalDate asOf,
    LocalDate forDate,
    Instant closesAt,
    DataSource dataSource) {

  /**
   * Computes the forecast of a version for one feature row.
   *
   * @throws IllegalArgumentException if the row has another feature schema than the model
   */
  public static Forecast of(ModelVersion model, LatestFeatures.SourcedRow latest) {
    Manifest manifest = model.manifest();
    FeatureRow row = latest.row();
    TradingCalendar calendar = TradingCalendar.ofLabel(manifest.calendar());
    LocalDate forDate = calendar.nextSession(row.asOf());
    return new Forecast(
        model.id(),
        manifest,
        model.model().probabilityUp(row),
        row.asOf(),
        forDate,
        calendar.closeOf(forDate, ZoneId.of(manifest.data().zone())),
        model.dataSourceWith(latest));
  }
}
