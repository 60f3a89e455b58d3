package mlopsprimer.api.routes;

import java.util.List;
import mlopsprimer.contract.Ticker;
import mlopsprimer.json.Json;
import spark.Request;
import spark.Response;

/** The endpoint of the manifest of the model that is served for a ticker. */
final class ModelRoutes {
  private final ForecastLookup forecasts;

  ModelRoutes(ForecastLookup forecasts) {
    this.forecasts = forecasts;
  }

  List<Endpoint> endpoints() {
    return List.of(Endpoint.of("/models/:ticker", this::manifest));
  }

  private byte[] manifest(Request request, Response response) {
    Ticker ticker = Query.parseTicker(request.params("ticker"));
    response.type(ContentTypes.JSON);
    return Json.document(forecasts.of(ticker, response).manifest());
  }
}
