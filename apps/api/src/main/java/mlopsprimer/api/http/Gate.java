package mlopsprimer.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLDecoder;
import java.util.function.BooleanSupplier;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.HandlerWrapper;

/**
 * Checks every request before Spark sees it. The gate refuses methods other than GET and HEAD, and
 * URLs that Spark answers in HTML or with an internal error.
 */
final class Gate extends HandlerWrapper {
  private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";
  static final String READS = "GET, HEAD";
  static final String NO_STORE = "no-store";
  private static final char NOT_UTF8 = '\uFFFD';

  private final String management;
  private final Cors cors;
  private final BooleanSupplier draining;

  /**
   * @param management name of the connector of the management port
   * @param draining whether the server is about to stop; if so, every answer asks the client to
   *     open a new connection for the next request
   */
  Gate(Handler next, String management, Cors cors, BooleanSupplier draining) {
    setHandler(next);
    this.management = management;
    this.cors = cors;
    this.draining = draining;
  }

  @Override
  public void handle(
      String target, Request request, HttpServletRequest raw, HttpServletResponse response)
      throws IOException, ServletException {
    boolean isByManagement = management.equals(request.getHttpChannel().getConnector().getName());
    if (isByManagement) {
      RequestNotes.noteManagement(request);
    } else {
      cors.mark(request, response);
    }
    response.setHeader("Cache-Control", NO_STORE); // a route may allow more
    if (draining.getAsBoolean()) {
      response.setHeader("Connection", "close");
    }
    String method = request.getMethod();
    if (!isByManagement && cors.isPreflight(request)) {
      cors.answerPreflight(request, response);
    } else if (!isRead(method)) {
      response.setHeader("Allow", READS);
      response.setHeader("Connection", "close");
      refuse(405, "Method not allowed", "this server answers only GET and HEAD", response);
    } else if (!isEncoded(request.getRequestURI()) || !isEncoded(request.getQueryString())) {
      refuse(
          400,
          "Malformed URL",
          "each %XX in the path and the query must be part of a UTF-8 character",
          response);
    } else {
      // With X-HTTP-Method-Override Spark replaces the method, and with Accept it chooses the
      // route.
      HttpFields headers = request.getHttpFields();
      headers.remove(METHOD_OVERRIDE);
      headers.remove(HttpHeader.ACCEPT);
      super.handle(target, request, raw, response);
    }
    request.setHandled(true);
  }

  static boolean isRead(String method) {
    return method.equals("GET") || method.equals("HEAD");
  }

  private static void refuse(int status, String title, String detail, HttpServletResponse response)
      throws IOException {
    response.setStatus(status);
    Problem.of(status, title, detail).writeTo(response);
  }

  /** Whether Jetty and Spark can decode the text. They throw an exception if a %XX is malformed. */
  private static boolean isEncoded(String text) {
    if (text == null || text.indexOf('%') < 0) {
      return true;
    }
    try {
      return URLDecoder.decode(text, UTF_8).indexOf(NOT_UTF8) < 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
