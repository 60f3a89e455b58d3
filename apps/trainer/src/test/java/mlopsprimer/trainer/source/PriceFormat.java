package mlopsprimer.trainer.source;

import static java.util.stream.Collectors.joining;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import mlopsprimer.prices.DailyPrice;

/** Writes prices in a form that people have files in. */
enum PriceFormat {
  YAHOO_EXPORT("Date,Open,High,Low,Close,Adj Close,Volume", false, row -> iso(row) + all(row, ",")),
  YAHOO_WEB_TABLE(
      "Date\tOpen\tHigh\tLow\tClose*\tAdj Close**\tVolume",
      true,
      row -> words(row) + all(row, "\t")),
  YFINANCE_DOWNLOAD(
      "Price,Close,High,Low,Open,Volume\nTicker,SPY,SPY,SPY,SPY,SPY\nDate,,,,,",
      false,
      row ->
          iso(row)
              + cells(",", row.adjustedClose(), row.high(), row.low(), row.open(), row.volume())),
  YFINANCE_HISTORY(
      "Date,Open,High,Low,Close,Volume,Dividends,Stock Splits",
      false,
      row -> iso(row) + " 00:00:00-05:00" + adjusted(row, ",") + ",0.0,0.0"),
  ALPHA_VANTAGE(
      "timestamp,open,high,low,close,adjusted_close,volume,dividend_amount,split_coefficient",
      true,
      row -> iso(row) + all(row, ",") + ",0.0000,1.0"),
  STOOQ("Date,Open,High,Low,Close,Volume", false, row -> iso(row) + adjusted(row, ",")),
  STOOQ_DATABASE(
      "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>",
      false,
      row -> "SPY,D," + basic(row) + ",000000" + adjusted(row, ",") + ",0"),
  NASDAQ(
      "Date,Close/Last,Volume,Open,High,Low",
      true,
      row ->
          american(row)
              + ",$%s,%.0f,$%s,$%s,$%s"
                  .formatted(row.adjustedClose(), row.volume(), row.open(), row.high(), row.low())),
  PANDAS(
      ",open,high,low,close,volume,adj_close",
      false,
      row ->
          iso(row)
              + cells(
                  ",",
                  row.open(),
                  row.high(),
                  row.low(),
                  row.close(),
                  row.volume(),
                  row.adjustedClose())),
  SPREADSHEET(
      "Date;Open;High;Low;Close;Adj Close;Volume",
      false,
      row -> (german(row) + all(row, ";")).replaceAll("(?<=;[^;]{0,20})\\.(?=[^;]*)", ","));

  private final String header;
  private final boolean newestFirst;

  @SuppressWarnings("ImmutableEnumChecker") // the functions are lambdas without state
  private final Function<DailyPrice, String> line;

  PriceFormat(String header, boolean newestFirst, Function<DailyPrice, String> line) {
    this.header = header;
    this.newestFirst = newestFirst;
    this.line = line;
  }

  /** Whether the form has an adjusted close beside the close. */
  boolean hasAdjustedClose() {
    return header.toLowerCase(Locale.ROOT).contains("adj");
  }

  String text(List<DailyPrice> rows) {
    List<DailyPrice> ordered = new ArrayList<>(rows);
    if (newestFirst) {
      Collections.reverse(ordered);
    }
    return header + "\n" + ordered.stream().map(line).collect(joining("\n", "", "\n"));
  }

  private static String all(DailyPrice row, String separator) {
    return cells(
        separator,
        row.open(),
        row.high(),
        row.low(),
        row.close(),
        row.adjustedClose(),
        row.volume());
  }

  private static String adjusted(DailyPrice row, String separator) {
    return cells(separator, row.open(), row.high(), row.low(), row.adjustedClose(), row.volume());
  }

  private static String cells(String separator, double... values) {
    StringBuilder cells = new StringBuilder();
    for (double value : values) {
      cells.append(separator).append(value >= 1e5 ? "%.0f".formatted(value) : value);
    }
    return cells.toString();
  }

  private static String iso(DailyPrice row) {
    return row.day().toString();
  }

  private static String basic(DailyPrice row) {
    return format("uuuuMMdd", row.day());
  }

  private static String german(DailyPrice row) {
    return format("dd.MM.uuuu", row.day());
  }

  private static String american(DailyPrice row) {
    return format("MM/dd/uuuu", row.day());
  }

  private static String words(DailyPrice row) {
    return format("MMM d, uuuu", row.day());
  }

  private static String format(String pattern, LocalDate day) {
    return DateTimeFormatter.ofPattern(pattern, Locale.US).format(day);
  }
}
