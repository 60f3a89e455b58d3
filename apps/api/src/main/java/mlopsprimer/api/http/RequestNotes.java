package mlopsprimer.api.http;

import java.util.Optional;
import javax.servlet.http.HttpServletRequest;

/** What one part of the server notes on a request for another part. */
public final class RequestNotes {
  private static final String BY_MANAGEMENT = RequestNotes.class.getName() + ".management";
  private static final String ROUTE = RequestNotes.class.getName() + ".route";

  private RequestNotes() {}

  /** Notes that the request has come in by the management port. */
  static void noteManagement(HttpServletRequest request) {
    request.setAttribute(BY_MANAGEMENT, true);
  }

  /** Whether the request has come in by the management port. */
  public static boolean isByManagement(HttpServletRequest request) {
    return request.getAttribute(BY_MANAGEMENT) != null;
  }

  /**
   * Notes which endpoint answers the request.
   *
   * @param route path of the endpoint, with a name for a part that varies: /models/TICKER
   */
  public static void noteRoute(HttpServletRequest request, String route) {
    request.setAttribute(ROUTE, route);
  }

  /** The endpoint that answers the request; empty if no endpoint does. */
  static Optional<String> routeOf(HttpServletRequest request) {
    return Optional.ofNullable((String) request.getAttribute(ROUTE));
  }
}
