package mlopsprimer.contract;

import java.net.URI;

/**
 * The start of the URLs of a web service. It holds no credentials, because it is printed, logged
 * and kept in Pulumi's state.
 *
 * @param uri with scheme http or https and a host; without user, query and fragment
 */
public record BaseUrl(URI uri) {
  private static final int HIGHEST_PORT = 65_535;

  /**
   * @throws IllegalArgumentException if the URI is not such a start
   */
  public BaseUrl {
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http
        || uri.getHost() == null
        || uri.getRawAuthority().endsWith(":")
        || uri.getPort() == 0
        || uri.getPort() > HIGHEST_PORT
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("not a base URL like https://query1.finance.yahoo.com");
    }
  }

  /**
   * @throws IllegalArgumentException if the text is not such a URL
   */
  public static BaseUrl of(String text) {
    return new BaseUrl(URI.create(text));
  }

  /** The port that a client connects to: the URL's own, or its scheme's. */
  public int port() {
    if (uri.getPort() > 0) {
      return uri.getPort();
    }
    return uri.getScheme().equals("https") ? 443 : 80;
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
