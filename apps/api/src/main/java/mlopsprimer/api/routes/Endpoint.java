package mlopsprimer.api.routes;

import java.util.Locale;
import java.util.regex.Pattern;
import mlopsprimer.api.http.Arrival;
import spark.Request;
import spark.Response;
import spark.Route;
import spark.Service;

/**
 * A path and the code that answers it.
 *
 * @param path the path as Spark writes it; a part that varies has a name, such as {@code :ticker}
 * @param isManagement whether the management port answers the path too
 * @param handler writes the answer to a GET; the answer to a HEAD has the same headers and no body
 */
record Endpoint(String path, boolean isManagement, Handler handler) {
  private static final Pattern VARIABLE = Pattern.compile(":(\\w+)");
  private static final String ANY_PATH = "*";

  /** Sets the status and the headers of the response, and returns its body. */
  interface Handler {
    byte[] handle(Request request, Response response);
  }

  /** An endpoint of the port for all requests. */
  static Endpoint of(String path, Handler handler) {
    return new Endpoint(path, false, handler);
  }

  /** An endpoint that the management port has too. */
  static Endpoint ofManagement(String path, Handler handler) {
    return new Endpoint(path, true, handler);
  }

  /**
   * An endpoint for all paths. Add it last: Spark uses it only if no endpoint that was added before
   * has the path.
   */
  static Endpoint ofAnyOtherPath(Handler handler) {
    return new Endpoint(ANY_PATH, true, handler);
  }

  /** Whether the port by which the request has come in has this endpoint. */
  boolean isAnsweredTo(Request request) {
    return isManagement || !Arrival.isByManagement(request.raw());
  }

  /**
   * @param otherwise answers if the port by which the request has come in does not have the path
   */
  void addTo(Service http, Handler otherwise) {
    Route route =
        (request, response) -> {
          byte[] body = (isAnsweredTo(request) ? handler : otherwise).handle(request, response);
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
