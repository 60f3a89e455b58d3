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
 * @param handler writes the answer to a GET; the answer to a HEAD has the same headers and no body
 */
record Endpoint(String path, Handler handler) {
  private static final Pattern VARIABLE = Pattern.compile(":(\\w+)");
  private static final String ANY_PATH = "*";

  /** Sets the status and the headers of the response, and returns its body. */
  interface Handler {
    byte[] handle(Request request, Response response);
  }

  /**
   * An endpoint for all paths. Add it last: Spark uses it only if no endpoint that was added before
   * has the path.
   */
  static Endpoint ofAnyOtherPath(Handler handler) {
    return new Endpoint(ANY_PATH, handler);
  }

  void addTo(Service http) {
    Route route =
        (request, response) -> {
          byte[] body = handler.handle(request, response);
          // Without a length Jetty sends the body in chunks.
          response.raw().setContentLength(body.length);
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
