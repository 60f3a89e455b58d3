package mlopsprimer.api.http;

import javax.servlet.http.HttpServletRequest;

/** Tells by which port a request has come in. */
public final class Arrival {
  private static final String BY_MANAGEMENT = Arrival.class.getName() + ".management";

  private Arrival() {}

  /** Notes on the request that it has come in by the management port. */
  static void noteManagement(HttpServletRequest request) {
    request.setAttribute(BY_MANAGEMENT, true);
  }

  /** Whether the request has come in by the management port. */
  public static boolean isByManagement(HttpServletRequest request) {
    return request.getAttribute(BY_MANAGEMENT) != null;
  }
}
