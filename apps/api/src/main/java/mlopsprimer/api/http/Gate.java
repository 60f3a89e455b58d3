package mlopsprimer.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLDecoder;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.HandlerWrapper;

/**
 * What every request passes before Spark sees it: only reading is let through, and nothing that
 * Spark would answer in HTML or trip over.
 */
public final class Gate extends HandlerWrapper {
  private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";
  private static final char NOT_UTF8 = '\uFFFD';

  private final AtomicBoolean draining;

  /**
   * @param draining from when it is true, every answer asks its client to connect elsewhere
   */
  public Gate(AtomicBoolean draining) {
    this.draining = draining;
  }

  @Override
  public void handle(
      String target, Request request, HttpServletRequest raw, HttpServletResponse response)
      throws IOException, ServletException {
    if (draining.get()) {
      response.setHeader("Connection", "close");
    }
    String method = request.getMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      response.setHeader("Allow", "GET, HEAD");
      response.setHeader("Connection", "close"); // a body may follow that nobody reads
      refuse(405, "Method not allowed", "everything here is read with GET or HEAD", response);
    } else if (!isEncoded(request.getRequestURI()) || !isEncoded(request.getQueryString())) {
      refuse(400, "Not a URL", "every %XX has to be part of a character in UTF-8", response);
    } else {
      // Spark takes the one for the method and parses the other to choose among routes by it.
      HttpFields headers = request.getHttpFields();
      headers.remove(METHOD_OVERRIDE);
      headers.remove(HttpHeader.ACCEPT);
      super.handle(target, request, raw, response);
    }
    request.setHandled(true);
  }

  private static void refuse(int status, String title, String detail, HttpServletResponse response)
      throws IOException {
    response.setStatus(status);
    Problem.of(status, title, detail).writeTo(response);
  }

  /** Jetty and Spark throw where a %XX is none, or is not UTF-8. */
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
