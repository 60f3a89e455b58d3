package mlopsprimer.infra.config;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** A range of IP addresses, as a network policy names it: 10.0.0.0/8 or fd00::/8. */
final class AddressRange {
  private static final String IPV4 = "(0|[1-9][0-9]{0,2})([.](0|[1-9][0-9]{0,2})){3}";
  private static final String IPV6 = "[0-9a-f:]*:[0-9a-f:]*";
  private static final String BITS = "/(0|[1-9][0-9]{0,2})";
  private static final int MOST_OF_A_PART = 255;
  private static final int BITS_OF_IPV4 = 32;
  private static final int BITS_OF_IPV6 = 128;

  private AddressRange() {}

  /**
   * Checks a range, so that a preview refuses what the API server would refuse later.
   *
   * @return the same text
   * @throws IllegalArgumentException if the text is not a range
   */
  static String require(String text) {
    int slash = text.indexOf('/');
    boolean fits =
        text.matches(IPV4 + BITS)
            ? isIpv4(text.substring(0, slash)) && bits(text, slash) <= BITS_OF_IPV4
            : text.matches(IPV6 + BITS)
                && isIpv6(text.substring(0, slash))
                && bits(text, slash) <= BITS_OF_IPV6;
    if (!fits) {
      throw new IllegalArgumentException("not a range of IP addresses: " + text);
    }
    return text;
  }

  private static int bits(String text, int slash) {
    return Integer.parseInt(text.substring(slash + 1));
  }

  private static boolean isIpv4(String address) {
    return Arrays.stream(address.split("[.]", -1))
        .allMatch(part -> Integer.parseInt(part) <= MOST_OF_A_PART);
  }

  private static boolean isIpv6(String address) {
    try {
      // The text has a colon, so it is never looked up as a name.
      return InetAddress.getByName(address) instanceof Inet6Address;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
