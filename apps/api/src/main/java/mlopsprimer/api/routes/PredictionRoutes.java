package mlopsprimer.api.routes;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import mlopsprimer.api.serving.Metrics;
import mlopsprimer.api.serving.ServedForecast;
import mlopsprimer.contract.Threshold;
import mlopsprimer.contract.Ticker;
import spark.Request;
import spark.Response;

/** The endpoint of the prediction: UP or DOWN for the next session of a ticker. */
final class PredictionRoutes {
  private final ForecastLookup forecasts;
  private final double defaultThreshold;
  private final Metrics metrics;
  private final Clock clock;
  private final Map<Ticker, PreparedAnswer> prepared = new ConcurrentHashMap<>();

  PredictionRoutes(
      ForecastLookup forecasts, Threshold defaultThreshold, Metrics metrics, Clock clock) {
    this.forecasts = forecasts;
    this.defaultThreshold = defaultThreshold.doubleValue();
    this.metrics = metrics;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.of(
            "/predictionForTomorrow",
            Caching.OF_SERVED_MODELS,
            Set.of(Query.THRESHOLD, Query.TICKER),
            this::predict));
  }

  private byte[] predict(Request request, Response response) {
    long start = System.nanoTime();
    double threshold =
        Query.threshold(request).map(Threshold::doubleValue).orElse(defaultThreshold);
    Optional<Ticker> asked = Query.ticker(request);
    ServedForecast forecast =
        asked.isPresent() ? forecasts.of(asked.get(), response) : forecasts.ofDefault(response);
    response.type(ContentTypes.JSON);
    byte[] body = body(forecast, threshold);
    metrics.predicted(
        forecast.manifest().ticker(),
        forecast.isUp(threshold),
        Duration.ofNanos(System.nanoTime() - start));
    return body;
  }

  private byte[] body(ServedForecast forecast, double threshold) {
    boolean isStale = forecast.isStale(clock.instant());
    boolean isAway = forecasts.isStoreAway();
    return threshold == defaultThreshold && !isAway
        ? prepared(forecast).body(isStale)
        : Answer.of(forecast, threshold, isStale, isAway).toJson();
  }

  private PreparedAnswer prepared(ServedForecast forecast) {
    Ticker ticker = forecast.manifest().ticker();
    PreparedAnswer last = prepared.get(ticker);
    if (last != null && last.isOf(forecast)) {
      return last;
    }
    PreparedAnswer answer = new PreparedAnswer(forecast, defaultThreshold);
    prepared.put(ticker, answer);
    return answer;
  }
}
