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
 * What is served for one ticker, computed once when the model or the row is loaded.
 *
 * @param asOf the last session that it knows
 * @param forDate the session that it speaks of
 * @param staleFrom the close of {@code forDate}
 * @param degraded the champion could not be read, and this is another version
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

  public static Forecast of(
      ModelVersion model, LatestFeatures.SourcedRow latest, boolean degraded) {
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

  public boolean isUp(double threshold) {
    return probabilityUp > threshold;
  }

  public boolean isStale(Instant now) {
    return !now.isBefore(staleFrom);
  }
}
