package mlopsprimer.api.serving;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import mlopsprimer.contract.Ticker;

/**
 * The metrics that Prometheus scrapes. A scrape waits for a change of the gauges to end, because a
 * gauge is removed before it is registered again with its new value.
 */
public final class Metrics implements PollListener {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Counter reloadFailures =
      Counter.builder("primer.reload.failures")
          .description("changes of the store that could not be read")
          .register(registry);
  private final Timer requests =
      Timer.builder("primer.prediction.duration")
          .description("time to answer a prediction")
          .serviceLevelObjectives(
              Duration.ofNanos(100_000),
              Duration.ofMillis(1),
              Duration.ofMillis(5),
              Duration.ofMillis(25),
              Duration.ofMillis(100))
          .register(registry);
  private final MultiGauge model = gauge("primer.model.info", "1 for the version that is served");
  private final MultiGauge trained =
      gauge(
          "primer.model.trained.timestamp.seconds", "time at which the served version was trained");
  private final MultiGauge data =
      gauge(
          "primer.data.timestamp.seconds",
          "midnight UTC of the newest session that the forecast uses");
  private final MultiGauge degraded =
      gauge("primer.degraded", "1 if the champion is unreadable and another version is served");
  private final MultiGauge troubled =
      gauge(
          "primer.store.troubled", "1 if the champion or the feature row is unreadable or missing");
  private final Map<Answer, Counter> answers = new ConcurrentHashMap<>();
  private final RealisedGauges realised = new RealisedGauges(registry);
  private final Map<Ticker, Counter> up = new ConcurrentHashMap<>();
  private final Map<Ticker, Counter> down = new ConcurrentHashMap<>();

  private record Answer(String route, int status) {}

  public Metrics() {
    new JvmMemoryMetrics().bindTo(registry);
  }

  private MultiGauge gauge(String name, String description) {
    return MultiGauge.builder(name).description(description).register(registry);
  }

  /** Shows from now on whether the store of this board can be read. */
  public void watch(Board board) {
    Gauge.builder("primer.store.away", board, each -> each.isStoreAway() ? 1 : 0)
        .description("1 if the store cannot be read now; what was loaded before is served")
        .register(registry);
  }

  /** Shows further metrics from now on. */
  public void add(MeterBinder others) {
    others.bindTo(registry);
  }

  /**
   * Counts one answer.
   *
   * @param route path of the endpoint, or none; a client cannot choose it freely
   */
  public void answered(String route, int status) {
    answers.computeIfAbsent(new Answer(route, status), this::answers).increment();
  }

  private Counter answers(Answer answer) {
    return Counter.builder("primer.http.requests")
        .description("requests answered; the route is none if no endpoint got the request")
        .tag("route", answer.route())
        .tag("status", String.valueOf(answer.status()))
        .register(registry);
  }

  /** Counts one answered prediction. */
  public void predicted(Ticker ticker, boolean isUp, Duration duration) {
    (isUp ? up : down)
        .computeIfAbsent(ticker, of -> predictions(of, isUp ? "UP" : "DOWN"))
        .increment();
    requests.record(duration);
  }

  private Counter predictions(Ticker ticker, String direction) {
    return Counter.builder("primer.predictions")
        .description("predictions answered")
        .tag("ticker", ticker.symbol())
        .tag("direction", direction)
        .register(registry);
  }

  @Override
  public void reloadFailed() {
    reloadFailures.increment();
  }

  /** Sets the gauges of every ticker on the board. */
  @Override
  public synchronized void changed(Board board) {
    register(model, board, forecast -> 1, true);
    register(trained, board, f -> f.manifest().trainedAt().getEpochSecond(), false);
    register(data, board, f -> f.asOf().atStartOfDay(ZoneOffset.UTC).toEpochSecond(), false);
    register(degraded, board, forecast -> forecast.degraded() ? 1 : 0, false);
    realised.show(board);
    troubled.register(
        board.known().stream()
            .map(
                ticker ->
                    MultiGauge.Row.of(
                        Tags.of("ticker", ticker.symbol()), board.isTroubled(ticker) ? 1 : 0))
            .toList(),
        true);
  }

  private static void register(
      MultiGauge gauge, Board board, ToDoubleFunction<ServedForecast> value, boolean withVersion) {
    gauge.register(
        board.all().entrySet().stream()
            .map(
                entry -> {
                  ServedForecast forecast = entry.getValue();
                  Tags tags = Tags.of("ticker", entry.getKey().symbol());
                  return MultiGauge.Row.of(
                      withVersion ? tags.and("version", forecast.version()) : tags,
                      value.applyAsDouble(forecast));
                })
            .toList(),
        true);
  }

  /** All metrics in Prometheus' text format 0.0.4. */
  public synchronized String scrape() {
    return registry.scrape();
  }
}
