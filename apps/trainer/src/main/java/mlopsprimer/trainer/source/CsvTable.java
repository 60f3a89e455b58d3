package mlopsprimer.trainer.source;

import static java.time.format.ResolverStyle.STRICT;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import mlopsprimer.contract.Ticker;
import mlopsprimer.prices.BadDataException;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** Reads the rows of one ticker from CSV text. */
final class CsvTable {
  private static final List<String> REQUIRED =
      List.of("date", "open", "high", "low", "close", "adj close", "volume");
  private static final String TICKER = "ticker";
  private static final int LISTED_TICKERS = 10;
  private static final Set<String> EMPTY = Set.of("", "-", "null", "nan");
  private static final List<DateTimeFormatter> DAYS =
      List.of(
          DateTimeFormatter.ISO_LOCAL_DATE,
          // Without STRICT, 2/30 would be parsed as 2/28.
          DateTimeFormatter.ofPattern("M/d/uuuu", Locale.US).withResolverStyle(STRICT),
          DateTimeFormatter.ofPattern("MMM d, uuuu", Locale.US).withResolverStyle(STRICT));
  private static final Pattern ISO_WITH_TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}[ T].*");
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreHeaderCase(true)
          .setAllowMissingColumnNames(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_EMPTY)
          .setTrim(true)
          .setIgnoreEmptyLines(true)
          .get();

  /**
   * A number, with or without thousands separators. A comma anywhere else is refused: a decimal
   * comma would be read as a price a hundred times too high.
   */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,3}(,\\d{3})+|\\d*)(\\.\\d*)?([eE][+-]?\\d+)?");

  private CsvTable() {}

  /**
   * Reads all rows of the ticker. A file without a Ticker column has rows of one ticker only.
   *
   * @param name name of the file, for messages
   * @throws BadDataException if the text is not a table of prices; the message names the line
   * @throws IOException if the text cannot be read
   */
  static PriceRows read(Reader text, String name, Ticker ticker) throws IOException {
    PriceRows rows = new PriceRows();
    boolean found = false;
    Set<String> otherTickers = new TreeSet<>();
    try (CSVParser parser = parse(text, name)) {
      requireColumns(parser, name);
      for (CSVRecord line : parser) {
        try {
          if (isOf(ticker, line, otherTickers)) {
            addTo(rows, line);
            found = true;
          }
        } catch (BadDataException | IllegalArgumentException | DateTimeException e) {
          throw new BadDataException(
              "unusable row: path=%s line=%s cause=%s"
                  .formatted(name, parser.getCurrentLineNumber(), e.getMessage()),
              e);
        }
      }
    } catch (CSVException e) {
      throw notCsv(name, e);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CSVException cause) {
        throw notCsv(name, cause);
      }
      throw e.getCause();
    }
    if (!found) {
      throw new BadDataException(
          "no rows of the ticker: path=%s ticker=%s tickers=%s; use a ticker of the file, or another file"
              .formatted(name, ticker, otherTickers));
    }
    return rows;
  }

  private static BadDataException notCsv(String name, CSVException cause) {
    return new BadDataException(
        "not a CSV file: path=%s cause=%s; correct the quotes in the file, or use another file"
            .formatted(name, cause.getMessage()),
        cause);
  }

  private static CSVParser parse(Reader text, String name) throws IOException {
    try {
      return FORMAT.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadDataException(
          "unusable header: path=%s cause=%s; give each column another name"
              .formatted(name, e.getMessage()),
          e);
    }
  }

  private static void requireColumns(CSVParser parser, String name) {
    if (parser.getHeaderNames().isEmpty()) {
      throw new BadDataException(
          "empty file: path=%s; use a file with daily prices".formatted(name));
    }
    List<String> missing =
        REQUIRED.stream().filter(column -> !parser.getHeaderMap().containsKey(column)).toList();
    if (!missing.isEmpty()) {
      throw new BadDataException(
          "missing columns: path=%s missing=%s; separate the columns by commas and name them as a Yahoo export does: %s"
              .formatted(name, missing, REQUIRED));
    }
  }

  private static boolean isOf(Ticker ticker, CSVRecord line, Set<String> otherTickers) {
    if (!line.isMapped(TICKER)) {
      return true;
    }
    String symbol = line.get(TICKER);
    boolean same = symbol.equalsIgnoreCase(ticker.symbol());
    if (!same && otherTickers.size() < LISTED_TICKERS) {
      otherTickers.add(symbol);
    }
    return same;
  }

  private static void addTo(PriceRows rows, CSVRecord line) {
    rows.add(
        day(line.get("date")),
        number(line.get("open")),
        number(line.get("high")),
        number(line.get("low")),
        number(line.get("close")),
        number(line.get("adj close")),
        number(line.get("volume")));
  }

  private static LocalDate day(String text) {
    // pandas writes a time and an offset after the day. The day is the day of the exchange in
    // either form.
    String day = ISO_WITH_TIME.matcher(text).matches() ? text.substring(0, 10) : text;
    for (DateTimeFormatter format : DAYS) {
      ParsePosition end = new ParsePosition(0);
      TemporalAccessor parsed = format.parseUnresolved(day, end);
      if (parsed != null && end.getIndex() == day.length()) {
        return LocalDate.parse(day, format);
      }
    }
    throw new IllegalArgumentException(
        "'%s' is not a day; use 2018-12-31 or 12/31/2018".formatted(text));
  }

  /**
   * Parses a number. The result is null if the cell is empty, or holds a text that stands for a
   * missing number.
   */
  private static Double number(String text) {
    if (EMPTY.contains(text.toLowerCase(Locale.ROOT))) {
      return null;
    }
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException("'%s' is not a number like 1,234.56".formatted(text));
    }
    return Double.valueOf(text.replace(",", ""));
  }
}
