package mlopsprimer.api.routes;

import java.util.Locale;
import java.util.regex.Pattern;
import spark.Request;
import spark.Response;
import spark.Route;
import spark.Service;

/**
 * A path and the code that answers it.
 *
 * @param path the path as Spark writes it; a part that varies has a name, such as {@code :ticker}
 * @param handler writes the answer to a GET; the answer to a HEAD is the same without its body
 */
record Endpoint(String path, Handler handler) {
  private static final Pattern VARIABLE = Pattern.compile(":(\\w+)");
  private static final String ANY_PATH = "*";

  /** Sets the status and the headers of the response, and returns its body. */
  interface Handler {
    byte[] handle(Request request, Response response);
  }

  /** The endpoint of all paths that no endpoint before it has. */
  static Endpoint ofAnyOtherPath(Handler handler) {
    return new Endpoint(ANY_PATH, handler);
  }

  void addTo(Service http) {
    Route route =
        (request, response) -> {
          byte[] body = handler.handle(request, response);
          response.raw().setContentLength(body.length); // without a length, Jetty sends chunks
          return body;
        };
    http.get(path, route);
    http.head(path, route);
  }

  /** The path as people read it, such as {@code /models/TICKER}. */
  String readablePath() {
    return VARIABLE.matcher(path).replaceAll(name -> name.group(1).toUpperCase(Locale.ROOT));
  }
}
