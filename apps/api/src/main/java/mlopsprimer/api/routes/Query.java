package mlopsprimer.api.routes;

import java.util.Optional;
import mlopsprimer.api.http.ProblemException;
import mlopsprimer.contract.Threshold;
import mlopsprimer.contract.Ticker;
import spark.Request;

/** Reads and checks the parameters of a request. */
final class Query {
  private Query() {}

  /** Threshold in the query; empty if the query has none. */
  static Optional<Threshold> threshold(Request request) {
    return single(request, "threshold").map(Query::parseThreshold);
  }

  /** Ticker in the query; empty if the query has none. */
  static Optional<Ticker> ticker(Request request) {
    return single(request, "ticker").map(Query::parseTicker);
  }

  static Ticker parseTicker(String text) {
    try {
      return Ticker.of(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(400, "Invalid ticker", e.getMessage());
    }
  }

  private static Threshold parseThreshold(String text) {
    try {
      return Threshold.of(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(400, "Invalid threshold", e.getMessage());
    }
  }

  private static Optional<String> single(Request request, String name) {
    if (request.raw().getQueryString() == null) {
      return Optional.empty();
    }
    String[] values = request.queryParamsValues(name);
    if (values == null) {
      return Optional.empty();
    }
    if (values.length > 1) {
      throw new ProblemException(
          400,
          "Repeated parameter",
          "the query has the parameter %s %d times; name it once".formatted(name, values.length));
    }
    return Optional.of(values[0]);
  }
}
