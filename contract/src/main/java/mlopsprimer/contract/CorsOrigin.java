package mlopsprimer.contract;

import java.util.regex.Pattern;

/**
 * The origin whose pages may read the API's answers in a browser.
 *
 * @param text {@code none}, {@code *} for every origin, or one origin as browsers write it in the
 *     header Origin: scheme and host in lower case, no path, and no port that the scheme implies
 */
public record CorsOrigin(String text) {
  private static final String NONE = "none";
  private static final String ANY = "*";
  private static final Pattern ORIGIN =
      Pattern.compile(
          "https?://([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\\[[0-9a-f:.]+])(:[1-9][0-9]{0,4})?");
  private static final Pattern IMPLIED_PORT = Pattern.compile("http:.*:80|https:.*:443");
  private static final int HIGHEST_PORT = 65_535;

  /**
   * @throws IllegalArgumentException if the text has another form
   */
  public CorsOrigin {
    if (!text.equals(NONE) && !text.equals(ANY) && !isOrigin(text)) {
      throw new IllegalArgumentException(
          "not an origin: use one like https://example.com, or *, or none");
    }
  }

  public boolean isNone() {
    return text.equals(NONE);
  }

  public boolean isAny() {
    return text.equals(ANY);
  }

  private static boolean isOrigin(String text) {
    if (!ORIGIN.matcher(text).matches() || IMPLIED_PORT.matcher(text).matches()) {
      return false;
    }
    String port = text.substring(text.lastIndexOf(':') + 1);
    return !port.matches("[0-9]+") || Integer.parseInt(port) <= HIGHEST_PORT;
  }

  @Override
  public String toString() {
    return text;
  }
}
