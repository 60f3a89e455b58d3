package mlopsprimer.trainer.source;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reports that a proxy answered in place of Yahoo. The JDK's client reports most such answers as an
 * exception whose message has the status.
 *
 * @param scheme scheme of the request, which decides what variable names the proxy
 * @param url URL of the request, for messages
 */
record ProxyRefusal(String scheme, String url) {
  private static final int WRONG_CREDENTIALS = 407;

  /** A status other than 407 in answer to CONNECT. */
  private static final Pattern NO_TUNNEL = Pattern.compile("Tunnel failed, got: (\\d{3})");

  /** A status 407 in answer to credentials, which the client repeats a few times. */
  private static final Pattern NO_LOGIN =
      Pattern.compile("too many authentication attempts|response code 407");

  /** The report of a failure; empty if the failure has another cause. */
  Optional<RefusedException> of(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      Matcher tunnel = NO_TUNNEL.matcher(message);
      if (tunnel.find()) {
        return Optional.of(refused(Integer.parseInt(tunnel.group(1))));
      }
      if (NO_LOGIN.matcher(message).find()) {
        return Optional.of(wrongCredentials());
      }
    }
    return Optional.empty();
  }

  /**
   * @throws RefusedException if only a proxy answers with this status
   */
  void requireAnotherStatus(int status) {
    if (status == WRONG_CREDENTIALS) {
      throw wrongCredentials();
    }
  }

  private RefusedException refused(int status) {
    return status == WRONG_CREDENTIALS
        ? wrongCredentials()
        : new RefusedException(
            "cannot reach Yahoo: the proxy refused: status=%s; check %s (url=%s)"
                .formatted(status, variable(), url),
            status >= 500,
            Duration.ZERO);
  }

  private RefusedException wrongCredentials() {
    return new RefusedException(
        "cannot reach Yahoo: the proxy wants other credentials: status=407; check the user and the password in %s (url=%s)"
            .formatted(variable(), url),
        false,
        Duration.ZERO);
  }

  private String variable() {
    return scheme.equalsIgnoreCase("https") ? "HTTPS_PROXY" : "http_proxy";
  }
}
