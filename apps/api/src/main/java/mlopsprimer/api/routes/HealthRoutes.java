package mlopsprimer.api.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.function.BooleanSupplier;
import mlopsprimer.api.http.ProblemException;
import mlopsprimer.json.Json;
import spark.Request;
import spark.Response;

/**
 * The probes of Kubernetes. The server is live while it answers, and ready while it has a forecast
 * of the default ticker and is not stopping.
 */
final class HealthRoutes {
  private final ForecastLookup forecasts;
  private final BooleanSupplier draining;

  HealthRoutes(ForecastLookup forecasts, BooleanSupplier draining) {
    this.forecasts = forecasts;
    this.draining = draining;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.ofManagement("/health/live", (request, response) -> status(response, "live")),
        Endpoint.ofManagement("/health/ready", this::ready));
  }

  private byte[] ready(Request request, Response response) {
    if (draining.getAsBoolean()) {
      throw new ProblemException(
          503, "Stopping", "this server is stopping; send the request to another server");
    }
    forecasts.ofDefault(response);
    return status(response, "ready");
  }

  private static byte[] status(Response response, String status) {
    response.type(ContentTypes.JSON);
    return Json.line(new Status(status)).getBytes(UTF_8);
  }

  private record Status(String status) {}
}
