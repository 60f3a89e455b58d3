package mlopsprimer.api.routes;

import java.util.List;
import java.util.Set;
import mlopsprimer.api.serving.Board;
import mlopsprimer.contract.Ticker;
import mlopsprimer.json.Json;
import spark.Request;
import spark.Response;

/**
 * The endpoints of the served models: a list of them, and the manifest of the model of a ticker.
 */
final class ModelRoutes {
  private final Board board;
  private final ForecastLookup forecasts;

  ModelRoutes(Board board, ForecastLookup forecasts) {
    this.board = board;
    this.forecasts = forecasts;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.of("/models", Caching.OF_SERVED_MODELS, Set.of(Query.AFTER), this::list),
        Endpoint.of("/models/:ticker", Caching.OF_SERVED_MODELS, Set.of(), this::manifest));
  }

  private byte[] list(Request request, Response response) {
    response.type(ContentTypes.JSON);
    return ModelList.of(
            Query.after(request).map(board::after).orElseGet(board::forecasts), board.isStoreAway())
        .toJson();
  }

  private byte[] manifest(Request request, Response response) {
    Ticker ticker = Query.parseTicker(request.params("ticker"));
    response.type(ContentTypes.JSON);
    return Json.document(forecasts.of(ticker, response).manifest());
  }
}
