package mlopsprimer.contract;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Quotes text of others for a message, and leaves out the credentials in it. */
public final class Quote {
  private static final String HIDDEN = "***";

  /** What may be a user and a password, up to the last @ that is not part of an image's digest. */
  private static final Pattern USER =
      Pattern.compile("^(.*?://)?.*(?:@|%40)(?!sha256:)", Pattern.DOTALL);

  /** What may be a query or a fragment. Both often hold a key. */
  private static final Pattern QUERY = Pattern.compile("([?#]).+$", Pattern.DOTALL);

  private static final Pattern USER_IN_TEXT = Pattern.compile("//[^/\\s\"'<>]*(?:@|%40)");

  private Quote() {}

  /**
   * One value without credentials, in printable ASCII, cut to a length that fits in one line of a
   * terminal.
   *
   * @param longest largest number of characters of the value that the quote has
   */
  public static String of(String value, int longest) {
    String printable = withoutCredentials(value).replaceAll("[^ -~]", "?");
    return printable.length() <= longest ? printable : printable.substring(0, longest) + "…";
  }

  /**
   * One value in which *** stands for what may be a user and a password, and for what may be a
   * query or a fragment: {@code https://***@host/?***}.
   */
  public static String withoutCredentials(String value) {
    String user =
        USER.matcher(value)
            .replaceFirst(
                match ->
                    Matcher.quoteReplacement(Objects.toString(match.group(1), "")) + HIDDEN + "@");
    return QUERY.matcher(user).replaceFirst("$1" + HIDDEN);
  }

  /** A longer text, such as a page, in which *** stands for the user and password of each URL. */
  public static String withoutUsersOfUrls(String text) {
    return USER_IN_TEXT.matcher(text).replaceAll("//" + HIDDEN + "@");
  }
}
