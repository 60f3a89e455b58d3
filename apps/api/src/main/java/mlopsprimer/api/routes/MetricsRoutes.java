package mlopsprimer.api.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import mlopsprimer.api.serving.Metrics;
import spark.Request;
import spark.Response;

/** The endpoint that Prometheus reads the metrics of this server from. */
final class MetricsRoutes {
  private final Metrics metrics;

  MetricsRoutes(Metrics metrics) {
    this.metrics = metrics;
  }

  List<Endpoint> endpoints() {
    return List.of(Endpoint.ofManagement("/metrics", this::scrape));
  }

  private byte[] scrape(Request request, Response response) {
    response.type(ContentTypes.PROMETHEUS_TEXT);
    return metrics.scrape().getBytes(UTF_8);
  }
}
