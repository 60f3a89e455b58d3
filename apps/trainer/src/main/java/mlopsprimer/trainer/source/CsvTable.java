package mlopsprimer.trainer.source;

import static java.time.format.ResolverStyle.STRICT;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import mlopsprimer.contract.Ticker;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.TradingCalendar;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The rows of one ticker in a CSV text. */
record CsvTable(PriceRows rows, TradingCalendar calendar) {
  private static final List<String> REQUIRED =
      List.of("date", "open", "high", "low", "close", "adj close", "volume");
  private static final Set<String> EMPTY = Set.of("", "-", "null", "nan");
  private static final List<DateTimeFormatter> DAYS =
      List.of(
          DateTimeFormatter.ISO_LOCAL_DATE,
          // Strict, for by default 2/30 is the 28th.
          DateTimeFormatter.ofPattern("M/d/uuuu", Locale.US).withResolverStyle(STRICT),
          DateTimeFormatter.ofPattern("MMM d, uuuu", Locale.US).withResolverStyle(STRICT));
  private static final Pattern ISO_WITH_TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}[ T].*");
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();

  /** With thousands separators, if any; a decimal comma would be a price a hundred times over. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,3}(,\\d{3})+|\\d*)(\\.\\d*)?([eE][+-]?\\d+)?");

  /**
   * @throws BadDataException naming the line, if the text is not such a table
   * @throws IOException if the text cannot be read
   */
  static CsvTable read(Reader text, String name, Ticker ticker) throws IOException {
    PriceRows rows = new PriceRows();
    List<LocalDate> days = new ArrayList<>();
    TreeSet<String> otherTickers = new TreeSet<>();
    try (CSVParser parser = FORMAT.parse(withoutByteOrderMark(text))) {
      Map<String, Integer> columns = null;
      for (CSVRecord line : parser) {
        if (columns == null) {
          columns = columns(line, name);
          continue;
        }
        try {
          if (isOf(ticker, line, columns, otherTickers)) {
            days.add(addTo(rows, line, columns));
          }
        } catch (BadDataException | IllegalArgumentException | DateTimeException e) {
          throw new BadDataException(
              "unusable row: path=%s line=%s cause=%s"
                  .formatted(name, parser.getCurrentLineNumber(), e.getMessage()),
              e);
        }
      }
      if (columns == null) {
        throw new BadDataException("empty file: path=" + name);
      }
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof CSVException)) {
        throw e.getCause();
      }
      throw new BadDataException(
          "not a CSV file: path=%s cause=%s".formatted(name, e.getCause().getMessage()), e);
    }
    if (days.isEmpty()) {
      throw new BadDataException(
          "no rows of the ticker: path=%s ticker=%s tickers=%s"
              .formatted(name, ticker, otherTickers));
    }
    return new CsvTable(rows, TradingCalendar.ofDays(days));
  }

  private static Reader withoutByteOrderMark(Reader text) throws IOException {
    BufferedReader buffered = new BufferedReader(text);
    buffered.mark(1);
    if (buffered.read() != '\uFEFF') {
      buffered.reset();
    }
    return buffered;
  }

  private static Map<String, Integer> columns(CSVRecord header, String name) {
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      String column = header.get(i).strip().toLowerCase(Locale.ROOT);
      columns.putIfAbsent(column, i);
    }
    List<String> missing = REQUIRED.stream().filter(c -> !columns.containsKey(c)).toList();
    if (!missing.isEmpty()) {
      throw new BadDataException(
          "missing columns: path=%s missing=%s; a Yahoo export has %s"
              .formatted(name, missing, REQUIRED));
    }
    return columns;
  }

  private static boolean isOf(
      Ticker ticker, CSVRecord line, Map<String, Integer> columns, TreeSet<String> otherTickers) {
    if (!columns.containsKey("ticker")) {
      return true;
    }
    String symbol = cell(line, columns, "ticker");
    boolean same = symbol.equalsIgnoreCase(ticker.symbol());
    if (!same && otherTickers.size() < 10) {
      otherTickers.add(symbol);
    }
    return same;
  }

  private static LocalDate addTo(PriceRows rows, CSVRecord line, Map<String, Integer> columns) {
    LocalDate day = day(cell(line, columns, "date"));
    rows.add(
        day,
        number(cell(line, columns, "open")),
        number(cell(line, columns, "high")),
        number(cell(line, columns, "low")),
        number(cell(line, columns, "close")),
        number(cell(line, columns, "adj close")),
        number(cell(line, columns, "volume")));
    return day;
  }

  private static String cell(CSVRecord line, Map<String, Integer> columns, String column) {
    int index = columns.get(column);
    if (index >= line.size()) {
      throw new IllegalArgumentException("the row ends before its column " + column);
    }
    return line.get(index).strip();
  }

  private static LocalDate day(String text) {
    // An ISO day may carry a time and an offset, as pandas writes them; the day is the exchange's.
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

  /** Null for a cell that holds no number because there was no trade. */
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
