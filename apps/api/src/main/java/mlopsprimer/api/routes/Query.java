package mlopsprimer.api.routes;

import java.util.Optional;
import java.util.OptionalDouble;
import mlopsprimer.api.http.ProblemException;
import mlopsprimer.contract.Ticker;
import spark.Request;

/** Reads and checks the parameters of a request. */
public final class Query {
  private Query() {}

  /** Empty if the request names no threshold. */
  static OptionalDouble threshold(Request request) {
    Optional<String> text = single(request, "threshold");
    return text.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(parseThreshold(text.get()));
  }

  /** Empty if the request names no ticker. */
  static Optional<Ticker> ticker(Request request) {
    return single(request, "ticker").map(Query::parseTicker);
  }

  /**
   * Reads a threshold in decimal notation.
   *
   * @throws IllegalArgumentException if the text is not a number from 0 to 1
   */
  public static double thresholdOf(String text) {
    // Double.parseDouble would accept "0x1p-1", "0.5d" and "NaN" too.
    if (text.matches("[0-9]{0,3}(\\.[0-9]{1,17})?") && !text.isEmpty()) {
      double value = Double.parseDouble(text);
      if (value <= 1) {
        return value;
      }
    }
    throw new IllegalArgumentException("a threshold is a number from 0 to 1, such as 0.5");
  }

  static Ticker parseTicker(String text) {
    try {
      return Ticker.of(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(400, "Invalid ticker", e.getMessage());
    }
  }

  private static double parseThreshold(String text) {
    try {
      return thresholdOf(text);
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
