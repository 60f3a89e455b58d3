package mlopsprimer.trainer.source;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import mlopsprimer.contract.Exchange;
import mlopsprimer.contract.Ticker;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.trainer.source.CsvLines.Line;

/**
 * Reads the rows of one ticker from the text of a file. {@link CsvLines} separates the cells,
 * {@link PriceColumn} lists the headers, {@link CsvLayout} finds the columns, and {@link CsvRows}
 * reads the cells.
 */
final class CsvTable {
  private static final int HEADER_LINES = 3;
  private static final int LISTED_TICKERS = 10;

  private CsvTable() {}

  /** Reads days in the forms that need no setting. */
  static PriceRows read(Reader text, String name, Ticker ticker) throws IOException {
    return read(text, name, ticker, DayReader.DEFAULT, Optional.empty());
  }

  /**
   * Reads all rows of the ticker. A file without a ticker column has rows of one ticker only.
   *
   * @param name name of the file, for messages
   * @param exchange the exchange that the user has named
   * @throws BadDataException if the text is not a table of prices; the message names the line
   * @throws IOException if the text cannot be read
   */
  static PriceRows read(
      Reader text, String name, Ticker ticker, DayReader days, Optional<Exchange> exchange)
      throws IOException {
    try (CsvLines lines = CsvLines.open(text, name)) {
      List<Line> first = lines.next(HEADER_LINES);
      if (first.isEmpty()) {
        throw new BadDataException(
            "empty file: path=%s; use a file with daily prices".formatted(name));
      }
      List<List<String>> cells = first.stream().map(Line::cells).toList();
      boolean yfinance = YfinanceHeader.isIn(cells);
      CsvLayout layout =
          CsvLayout.of(
              yfinance ? YfinanceHeader.of(cells).headerOf(ticker, name) : cells.get(0), name);
      List<Line> rows = new ArrayList<>();
      Set<String> otherTickers = new TreeSet<>();
      List<Line> early = yfinance ? List.of() : first.subList(1, first.size());
      for (Line line : early) {
        keep(line, layout, name, ticker, rows, otherTickers);
      }
      for (Line line = lines.next(); line != null; line = lines.next()) {
        keep(line, layout, name, ticker, rows, otherTickers);
      }
      if (rows.isEmpty()) {
        throw new BadDataException(
            "no rows of the ticker: path=%s ticker=%s tickers=%s; use a ticker of the file, or another file%s"
                .formatted(
                    name,
                    ticker,
                    otherTickers,
                    layout.has(PriceColumn.TICKER)
                        ? "; if the column '%s' does not hold tickers, remove it"
                            .formatted(cells.get(0).get(layout.positions().get(PriceColumn.TICKER)))
                        : ""));
      }
      if (!yfinance) { // its header names the ticker of each column
        new InstrumentColumns(layout, ticker, name, days).check(cells.get(0), rows);
      }
      NumberStyle style =
          lines.isSeparatedByCommas()
              ? NumberStyle.DECIMAL_POINT
              : NumberStyle.of(prices(layout, rows));
      LocalStamps stamps = LocalStamps.of(days(layout, rows));
      DayReader reader = stamps.reader(days, exchange);
      PriceRows result = new CsvRows(layout, name, reader, style).read(rows);
      result.markStamped(reader.utc() ? Set.of() : stamps.times());
      return result;
    }
  }

  private static void keep(
      Line line,
      CsvLayout layout,
      String name,
      Ticker ticker,
      List<Line> rows,
      Set<String> otherTickers) {
    try {
      if (layout.isOf(ticker, line.cells())) {
        rows.add(line);
      } else if (otherTickers.size() < LISTED_TICKERS) {
        otherTickers.add(layout.cell(line.cells(), PriceColumn.TICKER));
      }
    } catch (IllegalArgumentException e) {
      throw new BadDataException(
          "unusable row: path=%s line=%s cause=%s".formatted(name, line.number(), e.getMessage()),
          e);
    }
  }

  private static List<String> days(CsvLayout layout, List<Line> rows) {
    int position = layout.positions().get(PriceColumn.DATE);
    return rows.stream()
        .filter(line -> position < line.cells().size())
        .map(line -> line.cells().get(position))
        .toList();
  }

  /** The prices of all rows. Other cells, such as volumes, do not show how decimals are written. */
  private static List<String> prices(CsvLayout layout, List<Line> rows) {
    return rows.stream()
        .flatMap(
            line ->
                Stream.of(PriceColumn.OPEN, PriceColumn.HIGH, PriceColumn.LOW, PriceColumn.CLOSE)
                    .map(layout.positions()::get)
                    .filter(position -> position < line.cells().size())
                    .map(line.cells()::get))
        .filter(text -> text.matches(".*\\d.*"))
        .toList();
  }
}
