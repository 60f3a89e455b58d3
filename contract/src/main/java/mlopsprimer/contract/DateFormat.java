package mlopsprimer.contract;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The order of day, month and year in a file of prices, such as dd/mm/yyyy.
 *
 * @param text d or dd, m or mm, and yyyy, in any order and case, with the same separator (/, - or
 *     .) between them
 */
public record DateFormat(String text) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?i)d{1,2}([/.-])m{1,2}\\1yyyy|m{1,2}([/.-])d{1,2}\\2yyyy|yyyy([/.-])m{1,2}\\3d{1,2}");

  /**
   * @throws IllegalArgumentException if the text has another form
   */
  public DateFormat {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not a date format: use one like dd/mm/yyyy");
    }
  }

  /**
   * The pattern for java.time. One letter for the day or the month accepts one digit and two
   * digits.
   */
  public String pattern() {
    return text.toLowerCase(Locale.ROOT)
        .replaceAll("d+", "d")
        .replaceAll("m+", "M")
        .replace("yyyy", "uuuu");
  }

  @Override
  public String toString() {
    return text;
  }
}
