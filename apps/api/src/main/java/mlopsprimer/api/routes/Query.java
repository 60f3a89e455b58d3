package mlopsprimer.api.routes;

import java.util.Optional;
import java.util.Set;
import mlopsprimer.api.http.ProblemException;
import mlopsprimer.contract.Quote;
import mlopsprimer.contract.Threshold;
import mlopsprimer.contract.Ticker;
import spark.Request;

/** Reads and checks the parameters of a request. */
final class Query {
  static final String THRESHOLD = "threshold";
  static final String TICKER = "ticker";
  static final String AFTER = "after";
  private static final int LONGEST_QUOTE = 40;

  private Query() {}

  /**
   * Checks that every parameter is known, and has one value that is not empty.
   *
   * @param path path of the endpoint, for the message
   * @param known names of the endpoint's parameters
   */
  static void check(Request request, String path, Set<String> known) {
    if (request.raw().getQueryString() == null) {
      return;
    }
    request.raw().getParameterMap().forEach((name, values) -> check(name, values, path, known));
  }

  private static void check(String name, String[] values, String path, Set<String> known) {
    if (!known.contains(name)) {
      throw new ProblemException(
          400,
          "Unknown parameter",
          "%s has no parameter '%s'; it has %s"
              .formatted(
                  path,
                  Quote.of(name, LONGEST_QUOTE),
                  known.isEmpty() ? "no parameters" : String.join(", ", known)));
    }
    if (values.length > 1) {
      throw new ProblemException(
          400,
          "Repeated parameter",
          "the query has the parameter %s %d times; name it once".formatted(name, values.length));
    }
    if (values[0].isEmpty()) {
      throw new ProblemException(
          400,
          "Empty parameter",
          "the parameter %s has no value; give it one, or leave it out".formatted(name));
    }
  }

  /** Threshold in the query; empty if the query has none. */
  static Optional<Threshold> threshold(Request request) {
    return single(request, THRESHOLD).map(Query::parseThreshold);
  }

  /** Ticker in the query; empty if the query has none. */
  static Optional<Ticker> ticker(Request request) {
    return single(request, TICKER).map(Query::parseTicker);
  }

  /** Ticker after which a list goes on; empty if the query has none. */
  static Optional<Ticker> after(Request request) {
    return single(request, AFTER).map(Query::parseTicker);
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
    return request.raw().getQueryString() == null
        ? Optional.empty()
        : Optional.ofNullable(request.queryParams(name));
  }
}
