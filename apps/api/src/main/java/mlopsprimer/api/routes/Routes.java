package mlopsprimer.api.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import mlopsprimer.api.ApiSettings;
import mlopsprimer.api.http.Problem;
import mlopsprimer.api.http.ProblemException;
import mlopsprimer.api.serving.Board;
import mlopsprimer.api.serving.Forecast;
import mlopsprimer.api.serving.Metrics;
import mlopsprimer.api.serving.Served;
import mlopsprimer.contract.Ticker;
import mlopsprimer.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spark.Request;
import spark.Response;
import spark.Route;
import spark.Service;

/** The paths that are answered, and how. */
public final class Routes {
  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
  private static final String JSON = "application/json";
  private static final String RETRY_SECONDS = "5";

  private final Board board;
  private final Ticker defaultTicker;
  private final double defaultThreshold;
  private final Metrics metrics;
  private final Clock clock;
  private final AtomicBoolean draining;

  /**
   * @param draining from when it is true, this server is not ready
   */
  public Routes(
      Board board, ApiSettings settings, Metrics metrics, Clock clock, AtomicBoolean draining) {
    this.board = board;
    this.defaultTicker = settings.ticker();
    this.defaultThreshold = settings.threshold();
    this.metrics = metrics;
    this.clock = clock;
    this.draining = draining;
  }

  public void addTo(Service http) {
    read(http, "/predictionForTomorrow", this::predict);
    read(http, "/models/:ticker", this::model);
    read(http, "/health/live", (request, response) -> status(response, "live"));
    read(http, "/health/ready", this::ready);
    read(http, "/metrics", this::scrape);
    read(http, "*", Routes::unknownPath);
    http.exception(ProblemException.class, (e, request, response) -> write(e.problem(), response));
    http.exception(Exception.class, Routes::internalError);
  }

  private interface Reader {
    byte[] read(Request request, Response response);
  }

  private static void read(Service http, String path, Reader reader) {
    Route route =
        (request, response) -> {
          byte[] body = reader.read(request, response);
          response.raw().setContentLength(body.length); // or Jetty sends chunks
          return body;
        };
    http.get(path, route);
    http.head(path, route);
  }

  private byte[] predict(Request request, Response response) {
    long start = System.nanoTime();
    double threshold = Query.threshold(request).orElse(defaultThreshold);
    Optional<Ticker> asked = Query.ticker(request);
    Served served = served(asked.orElse(defaultTicker), response);
    response.type(JSON);
    byte[] body = served.answer(threshold, clock.instant());
    Forecast forecast = served.forecast();
    metrics.predicted(
        forecast.manifest().ticker(), forecast.isUp(threshold), System.nanoTime() - start);
    return body;
  }

  private byte[] model(Request request, Response response) {
    Ticker ticker = Query.parseTicker(request.params("ticker"));
    response.type(JSON);
    return Json.document(served(ticker, response).forecast().manifest());
  }

  private byte[] ready(Request request, Response response) {
    if (draining.get()) {
      throw new ProblemException(503, "Stopping", "this server is stopping; use another");
    }
    served(defaultTicker, response);
    return status(response, "ready");
  }

  private byte[] scrape(Request request, Response response) {
    response.type("text/plain; version=0.0.4; charset=utf-8");
    return metrics.scrape().getBytes(UTF_8);
  }

  private Served served(Ticker ticker, Response response) {
    Optional<Served> served = board.of(ticker);
    if (served.isPresent()) {
      return served.get();
    }
    if (board.isComplete() && !ticker.equals(defaultTicker) && !board.isTroubled(ticker)) {
      throw new ProblemException(
          404, "Unknown ticker", "no model of %s; served: %s".formatted(ticker, board.tickers()));
    }
    response.header("Retry-After", RETRY_SECONDS);
    throw new ProblemException(
        503,
        "No model yet",
        "no model of %s has been trained, or none can be read".formatted(ticker));
  }

  private static byte[] status(Response response, String status) {
    response.type(JSON);
    return Json.line(new Status(status)).getBytes(UTF_8);
  }

  private record Status(String status) {}

  private static byte[] unknownPath(Request request, Response response) {
    throw new ProblemException(
        404,
        "Unknown path",
        "there are /predictionForTomorrow, /models/TICKER, /health/live, /health/ready, /metrics");
  }

  private static void internalError(Exception failure, Request request, Response response) {
    LOG.error("event=internal-error path={}", request.pathInfo(), failure);
    write(Problem.of(500, "Internal error", "see this server's log"), response);
  }

  private static void write(Problem problem, Response response) {
    byte[] body = problem.toJson();
    response.status(problem.status());
    response.type(Problem.CONTENT_TYPE);
    response.raw().setContentLength(body.length);
    response.body(new String(body, UTF_8));
  }
}
