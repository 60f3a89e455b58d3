package mlopsprimer.trainer.source;

import java.time.DateTimeException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A column that is not read, and what its cells look like.
 *
 * @param header its header as it stands in the file; empty if it has none
 * @param number its number, from 1
 * @param cells its cell in each row; empty if the row has none
 */
record OtherColumn(String header, int number, List<String> cells) {
  /** Last words of the headers of columns that identify an instrument, also by a number. */
  private static final Set<String> IDENTIFIERS =
      Set.of(
          "id",
          "code",
          "no",
          "nr",
          "num",
          "number",
          "permno",
          "permco",
          "gvkey",
          "sid",
          "scrip",
          "cusip",
          "sedol",
          "wkn",
          "isin",
          "valor",
          "figi",
          "ric",
          "ticker",
          "symbol",
          "secid",
          "conid",
          "instrument",
          "issuer",
          "firm");

  private static final Pattern GLUED_IDENTIFIER =
      Pattern.compile(
          "(stock|share|ticker|symbol|security|sec|instrument|asset|fund|company|issuer|contract|product|item|underlying)(id|code|no|nr|num|number)");

  /** Cells without a value, besides those of {@link NumberStyle}. */
  private static final Set<String> NO_VALUE =
      Set.of("null", "nan", "n/a", "na", "#n/a", "none", "nil", "nat", "inf", "-inf", "infinity");

  private static final Set<String> YES_OR_NO = Set.of("true", "false", "yes", "no");

  /** A number with a currency before it, or a unit after it. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+(]{0,2}\\p{Sc}?[-+]?\\d[\\d.,' ]*(e[+-]?\\d+)?((?<=[\\d ])[kmb%])?\\)?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern LETTER = Pattern.compile("\\p{L}");

  /** Fewest different values of a column that numbers or describes its rows. */
  private static final int FEWEST_DIFFERENT = 20;

  /** The header in lower case, its words separated by one space: StockCode is stock code. */
  String words() {
    return header
        .replaceAll("(?<=\\p{Ll})(?=\\p{Lu})", " ")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\d]+", " ")
        .strip();
  }

  String lastWord() {
    return words().replaceFirst(".* ", "");
  }

  /** The name of the column in messages. */
  String label() {
    return header.isEmpty() ? "number " + number : "'" + header + "'";
  }

  /** Whether the header says that the column identifies something. */
  boolean isIdentifier() {
    return IDENTIFIERS.contains(lastWord()) || GLUED_IDENTIFIER.matcher(lastWord()).matches();
  }

  boolean isEmpty() {
    return cells.stream().allMatch(OtherColumn::isWithoutValue);
  }

  boolean isAll(String value) {
    return cells.stream().allMatch(value::equalsIgnoreCase);
  }

  /** Whether at least half of the values are texts: neither numbers nor days, nor yes and no. */
  boolean isOfTexts(DayReader days) {
    List<String> values = cells.stream().filter(cell -> !isWithoutValue(cell)).toList();
    long texts = values.stream().filter(cell -> isText(cell, days)).count();
    return texts > 0 && 2 * texts >= values.size();
  }

  /** The different values. */
  Set<String> values() {
    return cells.stream()
        .filter(cell -> !isWithoutValue(cell))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether the column has so many values that no instrument would have three rows. */
  boolean differsFreely() {
    int different = values().size();
    long all = cells.stream().filter(cell -> !isWithoutValue(cell)).count();
    return different >= FEWEST_DIFFERENT && 2L * different > all;
  }

  private static boolean isWithoutValue(String cell) {
    return cell.isEmpty() || NO_VALUE.contains(cell.toLowerCase(Locale.ROOT));
  }

  private static boolean isText(String cell, DayReader days) {
    return LETTER.matcher(cell).find()
        && !NUMBER.matcher(cell).matches()
        && !YES_OR_NO.contains(cell.toLowerCase(Locale.ROOT))
        && !isDay(cell, days);
  }

  private static boolean isDay(String cell, DayReader days) {
    try {
      days.read(cell);
      return true;
    } catch (IllegalArgumentException | DateTimeException e) {
      return false;
    }
  }
}
