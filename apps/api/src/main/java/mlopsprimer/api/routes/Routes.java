package mlopsprimer.api.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mlopsprimer.api.http.Problem;
import mlopsprimer.api.http.ProblemException;
import mlopsprimer.api.serving.Board;
import mlopsprimer.api.serving.Metrics;
import mlopsprimer.contract.Threshold;
import mlopsprimer.contract.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spark.Request;
import spark.Response;
import spark.Service;

/** All endpoints, and the answers to unknown paths and to failures. */
public final class Routes {
  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

  private static final String ANY_OTHER_PATH = "*";

  private final List<Endpoint> endpoints;

  /**
   * @param defaultTicker ticker of a request without a ticker
   * @param defaultThreshold threshold of a request without a threshold
   * @param draining whether the server is about to stop; a server that is about to stop is not
   *     ready
   */
  public Routes(
      Board board,
      Ticker defaultTicker,
      Threshold defaultThreshold,
      Metrics metrics,
      Clock clock,
      BooleanSupplier draining) {
    ForecastLookup forecasts = new ForecastLookup(board, defaultTicker);
    endpoints =
        Stream.of(
                new PredictionRoutes(forecasts, defaultThreshold, metrics, clock).endpoints(),
                new ModelRoutes(board, forecasts).endpoints(),
                new HealthRoutes(forecasts, draining).endpoints(),
                new MetricsRoutes(metrics).endpoints(),
                new OpenApiRoutes().endpoints())
            .flatMap(List::stream)
            .toList();
  }

  List<Endpoint> endpoints() {
    return endpoints;
  }

  /** Registers every endpoint with Spark. */
  public void addTo(Service http) {
    endpoints.forEach(endpoint -> endpoint.addTo(http, this::unknownPath));
    Endpoint.add(http, ANY_OTHER_PATH, this::unknownPath);
    http.exception(ProblemException.class, (e, request, response) -> write(e.problem(), response));
    http.exception(Exception.class, Routes::internalError);
  }

  private byte[] unknownPath(Request request, Response response) {
    throw new ProblemException(
        404,
        "Unknown path",
        endpoints.stream()
            .filter(endpoint -> endpoint.isAnsweredTo(request))
            .map(Endpoint::readablePath)
            .collect(Collectors.joining(", ", "this port answers ", "")));
  }

  private static void internalError(Exception failure, Request request, Response response) {
    LOG.atError().setCause(failure).addKeyValue("path", request.pathInfo()).log("internal-error");
    write(Problem.of(500, "Internal error", "the log of this server has the cause"), response);
  }

  private static void write(Problem problem, Response response) {
    byte[] body = problem.toJson();
    response.status(problem.status());
    response.type(Problem.CONTENT_TYPE);
    response.raw().setContentLength(body.length);
    response.body(new String(body, UTF_8));
  }
}
