package mlopsprimer.contract;

import java.time.Period;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The length of the history that a training uses, counted back from the newest row.
 *
 * @param count from 1 to 999
 * @param unit years or months
 */
public record History(int count, Unit unit) {
  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,2})([ym])");

  /** The unit that {@link History#count} counts. */
  public enum Unit {
    YEARS,
    MONTHS;

    private String letter() {
      return name().substring(0, 1).toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @throws IllegalArgumentException if the count is not from 1 to 999
   */
  public History {
    if (count < 1 || count > 999) {
      throw new IllegalArgumentException(
          "not a history: %d %s; use a number from 1 to 999".formatted(count, unit));
    }
  }

  /**
   * Reads a number of years or months, such as 5y or 18m, in upper or lower case.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  public static History of(String text) {
    Matcher matcher = TEXT.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a history: use a number of years or months, such as 5y or 18m"
              .formatted(text));
    }
    return new History(
        Integer.parseInt(matcher.group(1)),
        matcher.group(2).equals("y") ? Unit.YEARS : Unit.MONTHS);
  }

  public Period period() {
    return unit == Unit.YEARS ? Period.ofYears(count) : Period.ofMonths(count);
  }

  /** The text that {@link #of} reads back: 5y. */
  @Override
  public String toString() {
    return count + unit.letter();
  }
}
