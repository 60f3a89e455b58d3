package mlopsprimer.api.routes;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import mlopsprimer.api.http.ProblemException;
import mlopsprimer.api.serving.Board;
import mlopsprimer.api.serving.ServedForecast;
import mlopsprimer.contract.Ticker;
import spark.Response;

/** Finds the forecast that a request needs. */
final class ForecastLookup {
  private static final String RETRY_SECONDS = "5";
  private static final int MOST_TICKERS = 10;

  private final Board board;
  private final Ticker defaultTicker;

  ForecastLookup(Board board, Ticker defaultTicker) {
    this.board = board;
    this.defaultTicker = defaultTicker;
  }

  /**
   * The forecast of the default ticker.
   *
   * @throws ProblemException with status 503 if there is no forecast
   */
  ServedForecast ofDefault(Response response) {
    return of(defaultTicker, response);
  }

  /**
   * The forecast of a ticker.
   *
   * @param response this method sets its header Retry-After if there may be a forecast later
   * @throws ProblemException with status 404 if the ticker is unknown and is not the default
   *     ticker; with status 503 if there is no forecast for another reason, such as a store that
   *     has not been read yet or damaged files
   */
  ServedForecast of(Ticker ticker, Response response) {
    Optional<ServedForecast> forecast = board.of(ticker);
    if (forecast.isPresent()) {
      return forecast.get();
    }
    if (board.isComplete() && !ticker.equals(defaultTicker) && !board.isTroubled(ticker)) {
      throw new ProblemException(
          404,
          "Unknown ticker",
          "the store has no model of %s; %s".formatted(ticker, advice(ticker)));
    }
    response.header("Retry-After", RETRY_SECONDS);
    if (board.isStoreAway()) {
      throw new ProblemException(
          503,
          "Store away",
          "the model store cannot be read at the moment, and this server has no model of %s from before; try again, or read the log of this server"
              .formatted(ticker));
    }
    throw new ProblemException(
        503,
        "No model yet",
        "the store has no readable model of %s; train one, or read the log of this server"
            .formatted(ticker));
  }

  /** Whether the store cannot be read at the moment, so that forecasts may be out of date. */
  boolean isStoreAway() {
    return board.isStoreAway();
  }

  private String advice(Ticker ticker) {
    List<Ticker> like = Suggestions.of(ticker, board.tickers());
    if (!like.isEmpty()) {
      return "did you mean %s? /models lists all tickers".formatted(joined(like, " or "));
    }
    List<Ticker> first = board.tickers().stream().limit(MOST_TICKERS + 1).toList();
    return first.size() <= MOST_TICKERS
        ? "use one of these tickers: " + joined(first, ", ")
        : "use one of the tickers that /models lists";
  }

  private static String joined(List<Ticker> tickers, String between) {
    return tickers.stream().map(Ticker::symbol).collect(Collectors.joining(between));
  }
}
