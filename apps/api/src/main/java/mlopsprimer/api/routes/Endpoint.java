package mlopsprimer.api.routes;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import mlopsprimer.api.http.RequestNotes;
import spark.Request;
import spark.Response;
import spark.Route;
import spark.Service;

/**
 * A path and the code that answers it.
 *
 * @param path the path as Spark writes it; a part that varies has a name, such as {@code :ticker}
 * @param isManagement whether the management port answers the path too
 * @param parameters names that the query may have; a query with another name is refused
 * @param maxAge time for which a client may use a good answer again; zero if it must not store it
 * @param handler writes the answer to a GET; the answer to a HEAD has the same headers and no body
 */
record Endpoint(
    String path, boolean isManagement, Set<String> parameters, Duration maxAge, Handler handler) {
  private static final Pattern VARIABLE = Pattern.compile(":(\\w+)");

  /** Sets the status and the headers of the response, and returns its body. */
  interface Handler {
    byte[] handle(Request request, Response response);
  }

  Endpoint {
    parameters = new TreeSet<>(parameters);
  }

  /** An endpoint of the port for all requests. */
  static Endpoint of(String path, Duration maxAge, Set<String> parameters, Handler handler) {
    return new Endpoint(path, false, parameters, maxAge, handler);
  }

  /** An endpoint that the management port has too. */
  static Endpoint ofManagement(String path, Handler handler) {
    return new Endpoint(path, true, Set.of(), Duration.ZERO, handler);
  }

  /** Whether the port by which the request has come in has this endpoint. */
  boolean isAnsweredTo(Request request) {
    return isManagement || !RequestNotes.isByManagement(request.raw());
  }

  /**
   * Registers the endpoint with Spark.
   *
   * @param otherwise answers if the port by which the request has come in does not have the path
   */
  void addTo(Service http, Handler otherwise) {
    add(
        http,
        path,
        (request, response) ->
            isAnsweredTo(request)
                ? answer(request, response)
                : otherwise.handle(request, response));
  }

  /**
   * Registers a handler with Spark, for GET and HEAD. Spark asks the handlers in the order in which
   * they were registered.
   */
  static void add(Service http, String path, Handler handler) {
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

  private byte[] answer(Request request, Response response) {
    RequestNotes.noteRoute(request.raw(), readablePath());
    Query.check(request, readablePath(), parameters);
    byte[] body = handler.handle(request, response);
    if (!maxAge.isZero()) {
      response.raw().setHeader("Cache-Control", "max-age=" + maxAge.toSeconds());
    }
    return body;
  }

  /** The path as people read it, such as {@code /models/TICKER}. */
  String readablePath() {
    return VARIABLE.matcher(path).replaceAll(name -> name.group(1).toUpperCase(Locale.ROOT));
  }
}
