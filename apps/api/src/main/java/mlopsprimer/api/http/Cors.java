package mlopsprimer.api.http;

import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import mlopsprimer.contract.CorsOrigin;

/**
 * Tells browsers whether the pages of another origin may read an answer, as the Fetch standard
 * defines it. Credentials are never allowed, because the API has none.
 */
final class Cors {
  private static final String MOST_SECONDS_OF_A_PREFLIGHT = "7200"; // what Chrome accepts

  private final CorsOrigin allowed;

  Cors(CorsOrigin allowed) {
    this.allowed = allowed;
  }

  /**
   * Sets the headers that let a page read an answer. Requests that are refused before they have a
   * path get no such headers.
   */
  void mark(HttpServletRequest request, HttpServletResponse response) {
    if (allowed.isNone()) {
      return;
    }
    if (!allowed.isAny()) {
      response.setHeader("Vary", "Origin");
    }
    if (isAllowed(request)) {
      response.setHeader("Access-Control-Allow-Origin", allowed.text());
      response.setHeader("Access-Control-Expose-Headers", "Retry-After");
    }
  }

  /** Whether the request asks for leave to send another request. */
  boolean isPreflight(HttpServletRequest request) {
    return !allowed.isNone()
        && request.getMethod().equals("OPTIONS")
        && request.getHeader("Origin") != null
        && request.getHeader("Access-Control-Request-Method") != null;
  }

  /** Answers a preflight. Without the headers of an allowed origin, the browser refuses. */
  void answerPreflight(HttpServletRequest request, HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    if (isAllowed(request)) {
      response.setHeader("Access-Control-Allow-Methods", Gate.READS);
      response.setHeader("Access-Control-Allow-Headers", "*");
      response.setHeader("Access-Control-Max-Age", MOST_SECONDS_OF_A_PREFLIGHT);
    }
  }

  private boolean isAllowed(HttpServletRequest request) {
    return allowed.isAny() || allowed.text().equals(request.getHeader("Origin"));
  }
}
