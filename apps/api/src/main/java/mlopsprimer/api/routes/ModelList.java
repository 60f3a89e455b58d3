package mlopsprimer.api.routes;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import mlopsprimer.api.serving.ChosenBy;
import mlopsprimer.api.serving.ServedForecast;
import mlopsprimer.contract.Ticker;
import mlopsprimer.json.Json;

/**
 * The JSON body of the list of served models.
 *
 * @param models in the order of their tickers
 * @param next path of the rest of the list; null at its end
 */
record ModelList(List<Entry> models, String next) {
  /** Models in one answer. An answer with that many takes about 200 kB. */
  static final int MOST = 500;

  /**
   * A model that is served.
   *
   * @param degraded whether another version replaces the champion because the champion is
   *     unreadable, or the store cannot be read at the moment
   * @param skill 1 - Brier score / Brier score of the base rate; null if the model serves the base
   *     rate
   * @param chosenBy what named the version
   */
  record Entry(
      Ticker ticker,
      String version,
      Instant trainedAt,
      LocalDate asOf,
      LocalDate forDate,
      String sha256,
      Double skill,
      boolean degraded,
      ChosenBy chosenBy,
      Links links) {}

  /** Paths of what the API knows about a model. */
  record Links(String manifest, String prediction) {}

  /** A list of the first models of these. */
  static ModelList of(Collection<ServedForecast> forecasts, boolean storeAway) {
    List<Entry> entries =
        forecasts.stream().limit(MOST + 1).map(each -> entry(each, storeAway)).toList();
    if (entries.size() <= MOST) {
      return new ModelList(entries, null);
    }
    List<Entry> first = entries.subList(0, MOST);
    return new ModelList(first, "/models?after=" + first.get(MOST - 1).ticker().urlSegment());
  }

  private static Entry entry(ServedForecast forecast, boolean storeAway) {
    Ticker ticker = forecast.manifest().ticker();
    String segment = ticker.urlSegment();
    return new Entry(
        ticker,
        forecast.version(),
        forecast.manifest().trainedAt(),
        forecast.asOf(),
        forecast.forDate(),
        forecast.manifest().sha256(),
        forecast.manifest().evaluation().skill(),
        forecast.degraded() || storeAway,
        forecast.chosenBy(),
        new Links("/models/" + segment, "/predictionForTomorrow?ticker=" + segment));
  }

  byte[] toJson() {
    return Json.document(this);
  }
}
