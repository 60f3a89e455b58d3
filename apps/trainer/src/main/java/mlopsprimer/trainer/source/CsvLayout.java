package mlopsprimer.trainer.source;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import mlopsprimer.contract.Ticker;
import mlopsprimer.prices.BadDataException;

/**
 * Where a file has its columns.
 *
 * @param positions the number of each column that the file has, from 0
 */
record CsvLayout(Map<PriceColumn, Integer> positions) {
  /** Headers of the first column that stand for no name: pandas and R write them for the index. */
  private static final Set<String> UNNAMED = Set.of("", "index", "unnamed: 0");

  /**
   * Finds the columns by their headers.
   *
   * @param name name of the file, for messages
   * @throws BadDataException if a column is missing or repeated
   */
  static CsvLayout of(List<String> headers, String name) {
    List<String> plain = headers.stream().map(PriceColumn::plain).toList();
    Map<PriceColumn, Integer> positions = new EnumMap<>(PriceColumn.class);
    for (PriceColumn column : PriceColumn.values()) {
      for (String header : column.headers()) {
        List<Integer> found =
            IntStream.range(0, plain.size())
                .filter(i -> plain.get(i).equals(header))
                .boxed()
                .toList();
        if (found.size() > 1) {
          throw new BadDataException(
              "repeated column: path=%s column=%s numbers=%s; keep one of these columns, and give the others another name"
                  .formatted(name, header, found.stream().map(i -> i + 1).toList()));
        }
        if (found.size() == 1) {
          positions.put(column, found.get(0));
          break;
        }
      }
    }
    if (UNNAMED.contains(plain.get(0))) {
      positions.putIfAbsent(PriceColumn.DATE, 0);
    }
    List<String> missing =
        PriceColumn.REQUIRED.stream()
            .filter(column -> !positions.containsKey(column))
            .map(PriceColumn::label)
            .toList();
    if (!missing.isEmpty()) {
      throw new BadDataException(
          "missing columns: path=%s missing=%s found=%s; name the columns in the first line, as a Yahoo export does: Date, Open, High, Low, Close, Adj Close, Volume%s"
              .formatted(
                  name,
                  missing,
                  plain.stream().limit(12).toList(),
                  plain.size() == 1
                      ? ", and separate them by commas, semicolons, tabs or vertical bars"
                      : ""));
    }
    if (!positions.containsKey(PriceColumn.ADJUSTED_CLOSE)) {
      AdjustedHeader.find(headers, name)
          .ifPresent(position -> positions.put(PriceColumn.ADJUSTED_CLOSE, position));
    }
    return new CsvLayout(positions);
  }

  boolean has(PriceColumn column) {
    return positions.containsKey(column);
  }

  /**
   * The text of a cell; empty if the file does not have the column.
   *
   * @throws IllegalArgumentException if the row ends before the cell
   */
  String cell(List<String> row, PriceColumn column) {
    Integer position = positions.get(column);
    if (position == null) {
      return "";
    }
    if (position >= row.size()) {
      throw new IllegalArgumentException(
          "the row has %s cells and ends before the column %s; copy the file again"
              .formatted(row.size(), column.label()));
    }
    return row.get(position);
  }

  /** Whether a row is of the ticker. Every row of a file without a ticker column is. */
  boolean isOf(Ticker ticker, List<String> row) {
    return !has(PriceColumn.TICKER)
        || cell(row, PriceColumn.TICKER).equalsIgnoreCase(ticker.symbol());
  }
}
