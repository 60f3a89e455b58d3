package mlopsprimer.store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mlopsprimer.features.FeatureRow;
import mlopsprimer.prices.DataFact;
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
 * @param dataQuality what a reader should know about the prices of the feature row, and then about
 *     the prices that the model was trained on
 */
public record Forecast(
    String version,
    Manifest manifest,
    double probabilityUp,
    LocalDate asOf,
    LocalDate forDate,
    Instant closesAt,
    DataSource dataSource,
    List<DataFact> dataQuality) {

  /**
   * Computes the forecast of a version for one feature row. The calendar is that of the row's
   * prices, or that of the manifest if the store is older than the calendars of rows.
   *
   * @throws IllegalArgumentException if the row has another feature schema than the model
   */
  public static Forecast of(ModelVersion model, LatestFeatures.SourcedRow latest) {
    Manifest manifest = model.manifest();
    FeatureRow row = latest.row();
    boolean ofRow = latest.calendar() != null && latest.zone() != null;
    TradingCalendar calendar =
        TradingCalendar.ofLabel(ofRow ? latest.calendar() : manifest.calendar());
    ZoneId zone = ZoneId.of(ofRow ? latest.zone() : manifest.data().zone());
    LocalDate forDate = calendar.nextSession(row.asOf());
    return new Forecast(
        model.id(),
        manifest,
        model.model().probabilityUp(row),
        row.asOf(),
        forDate,
        calendar.closeOf(forDate, zone),
        model.dataSourceWith(latest),
        facts(manifest, latest));
  }

  private static List<DataFact> facts(Manifest manifest, LatestFeatures.SourcedRow latest) {
    Set<String> ofRow =
        latest.dataQuality().stream().map(DataFact::code).collect(Collectors.toSet());
    return Stream.concat(
            latest.dataQuality().stream(),
            manifest.dataQuality().stream().filter(fact -> !ofRow.contains(fact.code())))
        .toList();
  }
}
