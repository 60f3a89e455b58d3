package mlopsprimer.contract;

import java.net.URI;

/**
 * The part that all URLs of a web service begin with. A base URL holds no credentials, because the
 * programs print and log it, and Pulumi's state contains it.
 *
 * @param uri with scheme http or https and a host; without user, query and fragment
 */
public record BaseUrl(URI uri) {
  private static final int HIGHEST_PORT = 65_535;

  /**
   * @throws IllegalArgumentException if the URI is not a base URL
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
      throw new IllegalArgumentException(
          "not a base URL: use one like https://query1.finance.yahoo.com");
    }
  }

  /**
   * @throws IllegalArgumentException if the text is not a base URL
   */
  public static BaseUrl of(String text) {
    return new BaseUrl(URI.create(text));
  }

  /** Whether a text has a URL of any kind in it, and is therefore no path. */
  static boolean isIn(String text) {
    return text.contains("://");
  }

  /**
   * The port that a client connects to. A URL without a port has the default port of its scheme.
   */
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
