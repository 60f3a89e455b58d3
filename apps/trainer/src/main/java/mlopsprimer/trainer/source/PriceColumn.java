package mlopsprimer.trainer.source;

import java.util.List;
import java.util.Locale;

/**
 * The columns that are read from a file of prices, and the headers that they are known by. To read
 * another format, add its headers here. If a file has several of a column's headers, the one that
 * is named first here is read. Case, underscores, points, asterisks and angle brackets of a header
 * do not matter: {@code Adj. Close**} and {@code adj_close} are both {@code adj close}.
 */
enum PriceColumn {
  DATE("date", "timestamp", "datetime", "date time", "day", "trading day", "trade date"),
  OPEN("open", "open price", "opening price"),
  HIGH("high", "high price", "day high"),
  LOW("low", "low price", "day low"),
  CLOSE(
      "close",
      "close close price adjusted for splits", // the header of Yahoo's web table with its note
      "close/last",
      "close price",
      "closing price",
      "last",
      "price"),
  ADJUSTED_CLOSE(
      "adj close",
      "adj close adjusted close price adjusted for splits and dividend and/or capital gain distributions",
      "adjclose",
      "adjusted close",
      "adjustedclose",
      "adjusted",
      "close adjusted",
      "close adj"),
  VOLUME("volume", "vol", "share volume", "shares traded"),
  /** Factor of the split that takes effect on the day; 0 or 1 on other days. */
  SPLIT("stock splits", "split coefficient", "splitfactor", "split factor", "split ratio"),
  /** Length of a bar. */
  PERIOD("per", "period", "interval", "timeframe", "granularity"),
  /** The instrument of the row. */
  TICKER(
      "ticker",
      "symbol",
      "tic",
      "ticker symbol",
      "act symbol",
      "asset",
      "instrument",
      "security",
      "stock",
      "stock symbol",
      "ric",
      "isin",
      "code",
      "id",
      "index name",
      "coin",
      "pair",
      "fund",
      "name",
      "company",
      "company name",
      "stock name",
      "security name");

  /** Columns that every file must have. Files of currencies and indices often have no volume. */
  static final List<PriceColumn> REQUIRED = List.of(DATE, OPEN, HIGH, LOW, CLOSE);

  @SuppressWarnings("ImmutableEnumChecker") // List.of gives an immutable list
  private final List<String> headers;

  PriceColumn(String... headers) {
    this.headers = List.of(headers);
  }

  /** The headers of the column in the form that {@link #plain} gives, the best one first. */
  List<String> headers() {
    return headers;
  }

  /** The name of the column in messages. */
  String label() {
    return headers.get(0);
  }

  /** Brings a header into the form of the table: {@code <Adj. Close>**} becomes adj close. */
  static String plain(String header) {
    return header
        .toLowerCase(Locale.ROOT)
        .replaceAll("[\uFEFF<>*\".]", "")
        .replaceAll("^\\d+[a-z]? ", "") // Alpha Vantage numbers the names in its JSON: 1. open
        .replaceAll("[_\\s]+", " ")
        .strip();
  }
}
