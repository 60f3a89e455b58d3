package mlopsprimer.storage;

import java.util.regex.Pattern;

/** The form of keys and of prefixes. */
final class StorageKey {
  private static final String SEGMENT = "[A-Za-z0-9_%-][A-Za-z0-9._%-]*";
  private static final Pattern KEY = Pattern.compile("%s(/%s)*".formatted(SEGMENT, SEGMENT));

  private StorageKey() {}

  static boolean isOne(String text) {
    return KEY.matcher(text).matches();
  }

  /**
   * Returns the key.
   *
   * @throws IllegalArgumentException if the text is no key
   */
  static String checked(String key) {
    if (!isOne(key)) {
      throw new IllegalArgumentException("not a key of an object: '%s'".formatted(key));
    }
    return key;
  }

  /**
   * Returns the prefix.
   *
   * @throws IllegalArgumentException if the text is not a key with a slash at its end
   */
  static String checkedPrefix(String prefix) {
    if (!prefix.endsWith("/") || !isOne(prefix.substring(0, prefix.length() - 1))) {
      throw new IllegalArgumentException("not a prefix of keys: '%s'".formatted(prefix));
    }
    return prefix;
  }
}
