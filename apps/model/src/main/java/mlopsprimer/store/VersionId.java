package mlopsprimer.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Ids of versions. An id is the UTC time in milliseconds, followed by the first 12 hex digits of
 * the SHA-256 of model.bin.
 */
final class VersionId {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern FORM = Pattern.compile("\\d{8}T\\d{9}Z-[0-9a-f]{12}");

  private VersionId() {}

  static String of(Instant time, String sha256) {
    return TIME.format(time) + "-" + sha256.substring(0, 12);
  }

  /** The time in an id. */
  static Instant timeOf(String version) {
    check(version);
    return TIME.parse(version.substring(0, version.indexOf('-')), Instant::from);
  }

  static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  static boolean names(String version, String sha256) {
    return version.endsWith("-" + sha256.substring(0, 12));
  }

  /**
   * Checks an id before it becomes part of a path.
   *
   * @throws IllegalArgumentException if the text does not have the form of an id
   */
  static void check(String text) {
    if (!isOne(text)) {
      throw new IllegalArgumentException(
          "not the id of a version: '%s'; an id looks like 20261123T180000000Z-0123456789ab"
              .formatted(text));
    }
  }
}
