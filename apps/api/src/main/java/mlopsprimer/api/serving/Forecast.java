package mlopsprimer.api.serving;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import mlopsprimer.features.FeatureRow;
import mlopsprimer.prices.TradingCalendar;
import mlopsprimer.store.LatestFeatures;
import mlopsprimer.store.Manifest;
import mlopsprimer.store.ModelVersion;

/**
 * The forecast that is served for one ticker, computed once when a model or a feature row is
 * loaded.
 *
 * @param version id of the model's version in the store
 * @param probabilityUp probability that the close of {@code forDate} is above the close of {@code
 *     asOf}, from 0 to 1
 * @param asOf the last session whose prices the forecast uses
 * @param forDate the session that is forecast
 * @param staleFrom the close of {@code forDate}
 * @param dataSource where the prices of the model and of the feature row came from
 * @param degraded whether another version replaces the champion because the champion is unreadable
 */
public record Forecast(
    String version,
    Manifest manifest,
    double probabilityUp,
    LocalDate asOf,
    LocalDate forDate,
    Instant staleFrom,
    String dataSource,
    boolean degraded) {

  static Forecast of(ModelVersion model, LatestFeatures.SourcedRow latest, boolean degraded) {
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
        model.dataSourceWith(latest),
        degraded);
  }

  /** Whether the probability of UP is above the threshold; a probability equal to it is DOWN. */
  public boolean isUp(double threshold) {
    return probabilityUp > threshold;
  }

  /** Whether the session that is forecast has closed. */
  public boolean isStale(Instant now) {
    return !now.isBefore(staleFrom);
  }
}
