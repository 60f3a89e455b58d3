package mlopsprimer.trainer.source;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import mlopsprimer.contract.Ticker;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.trainer.source.CsvLines.Line;

/**
 * Refuses a file that may have the prices of another instrument. A file without a ticker column
 * must not have another column that may name its instruments. If it has a ticker column, the other
 * columns of tickers must agree with it. docs/prices.md states the rules.
 *
 * @param name name of the file, for messages
 */
record InstrumentColumns(CsvLayout layout, Ticker ticker, String name, DayReader days) {
  /** Headers that describe the day or the row. Their texts may be any. */
  private static final Set<String> OF_THE_DAY =
      Set.of(
          "day",
          "weekday",
          "day of week",
          "dayofweek",
          "dow",
          "day name",
          "month",
          "month name",
          "quarter",
          "season",
          "session",
          "time");

  /** Last words of headers of remarks. Their texts may be any. */
  private static final Set<String> REMARKS =
      Set.of(
          "note",
          "notes",
          "comment",
          "comments",
          "remark",
          "remarks",
          "event",
          "events",
          "holiday",
          "memo",
          "news",
          "headline",
          "status",
          "flag",
          "label",
          "target",
          "signal",
          "trend",
          "direction");

  /** Headers that describe an instrument without naming it. It has one text in all rows. */
  private static final Set<String> DESCRIPTIONS =
      Set.of(
          "currency",
          "ccy",
          "exchange",
          "exch",
          "mic",
          "country",
          "sector",
          "industry",
          "type",
          "asset class",
          "asset type",
          "security type",
          "unit",
          "timezone",
          "time zone",
          "tz",
          "source",
          "provider",
          "vendor");

  /** Headers of columns that hold a name or another number of the instrument beside its ticker. */
  private static final Set<String> NAMES =
      Set.of(
          "name",
          "company",
          "company name",
          "stock name",
          "security name",
          "index name",
          "fund",
          "ticker name",
          "symbol name",
          "ric",
          "isin",
          "code",
          "id",
          "ticker id",
          "symbol id");

  /** A text that may be the ticker of another instrument rather than its name. */
  private static final Pattern TICKER_LIKE = Pattern.compile("[A-Z.^=-]{1,5}");

  private static final int LISTED = 5;

  /** An event of Yahoo's web table has a day and a text only. */
  private static final int FEWEST_CELLS = 3;

  /**
   * @param headers the headers of the file
   * @param rows the rows of the ticker
   * @throws BadDataException if a column names, or may name, another instrument
   */
  void check(List<String> headers, List<Line> rows) {
    List<List<String>> cells =
        rows.stream()
            .map(Line::cells)
            .filter(row -> row.stream().filter(cell -> !cell.isEmpty()).count() >= FEWEST_CELLS)
            .toList();
    int width = cells.stream().mapToInt(List::size).max().orElse(0);
    IntStream.range(0, width)
        .filter(i -> !layout.positions().containsValue(i))
        .mapToObj(
            i ->
                new OtherColumn(
                    i < headers.size() ? headers.get(i) : "",
                    i + 1,
                    cells.stream().map(row -> i < row.size() ? row.get(i) : "").toList()))
        .filter(column -> !column.isEmpty() && !column.isAll(ticker.symbol()))
        .forEach(this::check);
  }

  private void check(OtherColumn column) {
    if (layout.has(PriceColumn.TICKER)) {
      requireAgreement(column);
    } else if (mayHoldInstruments(column)) {
      throw new BadDataException(
          "a column may hold instruments: path=%s column=%s ticker=%s values=%s; if it holds tickers, rename it Ticker; otherwise remove it"
              .formatted(name, column.label(), ticker, listed(column)));
    }
  }

  private boolean mayHoldInstruments(OtherColumn column) {
    if (column.differsFreely()
        || OF_THE_DAY.contains(column.words())
        || REMARKS.contains(column.lastWord())) {
      return false;
    }
    if (DESCRIPTIONS.contains(column.words())) {
      return column.values().size() > 1;
    }
    return column.isIdentifier() || column.isOfTexts(days);
  }

  /** A name must be one in all rows, and any other column of tickers must have the ticker. */
  private void requireAgreement(OtherColumn column) {
    boolean ofTickers =
        PriceColumn.TICKER.headers().contains(column.words())
            || column.words().matches("(.* )?(ticker|symbol)( .*)?");
    if (!ofTickers || !column.isOfTexts(days)) {
      return;
    }
    boolean name =
        NAMES.contains(column.words())
            && column.values().size() == 1
            && !TICKER_LIKE.matcher(column.values().iterator().next()).matches();
    if (!name) {
      throw new BadDataException(
          "two columns name the instrument and differ: path=%s ticker=%s column=%s values=%s; keep the column that holds the tickers, and remove the other one"
              .formatted(name(), ticker, column.label(), listed(column)));
    }
  }

  private static List<String> listed(OtherColumn column) {
    return new TreeSet<>(column.values()).stream().limit(LISTED).toList();
  }
}
