package mlopsprimer.api.routes;

import java.util.Optional;
import java.util.OptionalDouble;
import mlopsprimer.api.http.ProblemException;
import mlopsprimer.contract.Ticker;
import spark.Request;

/** What a request asks for, checked. */
public final class Query {
  private Query() {}

  public static OptionalDouble threshold(Request request) {
    Optional<String> text = single(request, "threshold");
    return text.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(parseThreshold(text.get()));
  }

  public static Optional<Ticker> ticker(Request request) {
    return single(request, "ticker").map(Query::parseTicker);
  }

  /**
   * @throws IllegalArgumentException if the text is not a number from 0 to 1
   */
  public static double thresholdOf(String text) {
    // Double.parseDouble would take "0x1p-1", "0.5d" and "NaN" too.
    if (text.matches("[0-9]{0,3}(\\.[0-9]{1,17})?") && !text.isEmpty()) {
      double value = Double.parseDouble(text);
      if (value <= 1) {
        return value;
      }
    }
    throw new IllegalArgumentException("a threshold is a number from 0 to 1, such as 0.5");
  }

  public static Ticker parseTicker(String text) {
    try {
      return Ticker.of(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(400, "Not a ticker", e.getMessage());
    }
  }

  private static double parseThreshold(String text) {
    try {
      return thresholdOf(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(400, "Not a threshold", e.getMessage());
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
          400, "Repeated parameter", "%s is given %d times".formatted(name, values.length));
    }
    return Optional.of(values[0]);
  }
}
