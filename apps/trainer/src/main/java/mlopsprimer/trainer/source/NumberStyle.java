package mlopsprimer.trainer.source;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a file writes its numbers. */
enum NumberStyle {
  /** 1,234.56 */
  DECIMAL_POINT(",", "."),
  /** 1.234,56 */
  DECIMAL_COMMA(".", ",");

  private static final Set<String> EMPTY = Set.of("", "-", "null", "nan", "n/a", "na");

  /** Multiples that web tables write after a volume. */
  private static final Map<String, Double> MULTIPLES = Map.of("K", 1e3, "M", 1e6, "B", 1e9);

  private static final Pattern DECIMALS_AFTER_COMMA = Pattern.compile("[\\d.]*,(\\d{1,2}|\\d{4,})");

  private final String grouping;
  private final String decimal;
  private final Pattern number;

  NumberStyle(String grouping, String decimal) {
    this.grouping = grouping;
    this.decimal = decimal;
    // A group separator must stand before three digits. A decimal comma in a file with decimal
    // points would otherwise be read as a price a hundred times too high.
    this.number =
        Pattern.compile(
            "([+-]?)\\$?((?:\\d{1,3}(?:%1$s\\d{3})+|\\d*)(?:%2$s\\d*)?(?:[eE][+-]?\\d+)?)([KMB]?)"
                .formatted(Pattern.quote(grouping), Pattern.quote(decimal)));
  }

  /**
   * Finds the style of the prices of a file whose columns are separated by another character than a
   * comma.
   */
  static NumberStyle of(List<String> prices) {
    boolean points = prices.stream().anyMatch(text -> text.matches("\\$?[\\d,]*\\.\\d+"));
    boolean commas = prices.stream().anyMatch(text -> DECIMALS_AFTER_COMMA.matcher(text).matches());
    // 100,350 in every row is a price with three decimals. A file without any point that has
    // thousands in this form would also have prices below a thousand, without a comma.
    boolean onlyCommas =
        !prices.isEmpty() && prices.stream().allMatch(text -> text.matches("\\d+,\\d+"));
    return !points && (commas || onlyCommas) ? DECIMAL_COMMA : DECIMAL_POINT;
  }

  /**
   * Parses a number. The result is null if the cell is empty, or holds a text that stands for a
   * missing number.
   *
   * @throws IllegalArgumentException if the cell has another text
   */
  Double parse(String text) {
    if (EMPTY.contains(text.toLowerCase(Locale.ROOT))) {
      return null;
    }
    Matcher matcher = number.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a number like 1%s234%s56; correct the cell, or copy the file again"
              .formatted(text, grouping, decimal));
    }
    String plain = matcher.group(2).replace(grouping, "").replace(decimal, ".");
    if (!plain.matches(".*\\d.*")) {
      throw new IllegalArgumentException(
          "'%s' has no digit; correct the cell, or copy the file again".formatted(text));
    }
    return Double.parseDouble(matcher.group(1) + plain)
        * MULTIPLES.getOrDefault(matcher.group(3), 1.0);
  }
}
