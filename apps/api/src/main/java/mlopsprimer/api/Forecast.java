package mlopsprimer.api;

import java.time.Instant;
import java.time.LocalDate;
import mlopsprimer.store.LatestFeatures;
import mlopsprimer.store.Manifest;
import mlopsprimer.store.ModelVersion;

/**
 * Forecast that is served for one ticker. It is computed once, when the model or the feature row is
 * loaded.
 *
 * @param degraded true if the champion could not be read and another version made the forecast
 */
record Forecast(mlopsprimer.store.Forecast made, boolean degraded) {

  static Forecast of(ModelVersion model, LatestFeatures.SourcedRow latest, boolean degraded) {
    return new Forecast(mlopsprimer.store.Forecast.of(model, latest), degraded);
  }

  String version() {
    return made.version();
  }

  Manifest manifest() {
    return made.manifest();
  }

  double probabilityUp() {
    return made.probabilityUp();
  }

  LocalDate asOf() {
    return made.asOf();
  }

  LocalDate forDate() {
    return made.forDate();
  }

  String dataSource() {
    return made.dataSource().name();
  }

  boolean isUp(double threshold) {
    return probabilityUp() > threshold;
  }

  boolean isStale(Instant now) {
    return !now.isBefore(made.closesAt());
  }
}
