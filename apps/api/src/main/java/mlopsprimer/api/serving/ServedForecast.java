package mlopsprimer.api.serving;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import mlopsprimer.prices.DataFact;
import mlopsprimer.store.Forecast;
import mlopsprimer.store.LatestFeatures;
import mlopsprimer.store.Manifest;
import mlopsprimer.store.ModelVersion;
import mlopsprimer.store.RealisedScores;

/**
 * The forecast that is served for one ticker. It is computed once, when a model or a feature row is
 * loaded.
 *
 * @param made forecast that the served version made
 * @param degraded whether another version replaces the champion because the champion is unreadable
 * @param realised scores of the ticker's forecasts that came due; empty if there are none
 * @param chosenBy what named the served version
 */
public record ServedForecast(
    Forecast made, boolean degraded, Optional<RealisedScores> realised, ChosenBy chosenBy) {

  static ServedForecast of(
      ModelVersion model,
      LatestFeatures.SourcedRow latest,
      boolean degraded,
      Optional<RealisedScores> realised) {
    return new ServedForecast(Forecast.of(model, latest), degraded, realised, ChosenBy.POINTER);
  }

  /** The same forecast of a version that something else named. */
  ServedForecast chosenBy(ChosenBy other) {
    return new ServedForecast(made, degraded, realised, other);
  }

  public String version() {
    return made.version();
  }

  public Manifest manifest() {
    return made.manifest();
  }

  public double probabilityUp() {
    return made.probabilityUp();
  }

  public LocalDate asOf() {
    return made.asOf();
  }

  public LocalDate forDate() {
    return made.forDate();
  }

  public String dataSource() {
    return made.dataSource().name();
  }

  public List<DataFact> dataQuality() {
    return made.dataQuality();
  }

  /**
   * Whether the probability of UP is above the threshold; a probability equal to the threshold is
   * DOWN.
   */
  public boolean isUp(double threshold) {
    return probabilityUp() > threshold;
  }

  /** Whether the session that is forecast has closed. */
  public boolean isStale(Instant now) {
    return !now.isBefore(made.closesAt());
  }
}
