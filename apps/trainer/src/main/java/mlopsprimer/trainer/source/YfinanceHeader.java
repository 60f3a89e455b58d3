package mlopsprimer.trainer.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import mlopsprimer.contract.Ticker;
import mlopsprimer.prices.BadDataException;

/**
 * The three header lines that {@code yfinance.download(…).to_csv()} writes: the names of the prices
 * and the tickers, in either order, and a line that names the index.
 *
 * <pre>
 * Price,Close,High,Low,Open,Volume
 * Ticker,SPY,SPY,SPY,SPY,SPY
 * Date,,,,,
 * </pre>
 */
record YfinanceHeader(List<String> prices, List<String> tickers) {
  private static final Set<String> NAMES = Set.of("", "price", "ticker", "attributes", "symbols");
  private static final Set<String> INDEX = Set.of("date", "datetime");

  /** Whether the first three lines of a file are such a header. */
  static boolean isIn(List<List<String>> firstLines) {
    return firstLines.size() == 3
        && firstLines.get(0).size() == firstLines.get(1).size()
        && NAMES.contains(PriceColumn.plain(firstLines.get(0).get(0)))
        && NAMES.contains(PriceColumn.plain(firstLines.get(1).get(0)))
        && INDEX.contains(PriceColumn.plain(firstLines.get(2).get(0)))
        && firstLines.get(2).stream().skip(1).allMatch(String::isEmpty);
  }

  static YfinanceHeader of(List<List<String>> lines) {
    boolean pricesFirst =
        lines.get(0).stream()
            .anyMatch(cell -> PriceColumn.CLOSE.headers().get(0).equals(PriceColumn.plain(cell)));
    return new YfinanceHeader(lines.get(pricesFirst ? 0 : 1), lines.get(pricesFirst ? 1 : 0));
  }

  /**
   * The header of the ticker's columns as one line. Columns of other tickers get no name.
   *
   * @throws BadDataException if the file has no column of the ticker
   */
  List<String> headerOf(Ticker ticker, String name) {
    List<String> header = new ArrayList<>();
    header.add("date");
    IntStream.range(1, prices.size())
        .forEach(
            i ->
                header.add(tickers.get(i).equalsIgnoreCase(ticker.symbol()) ? prices.get(i) : "-"));
    if (header.stream().skip(1).allMatch("-"::equals)) {
      throw new BadDataException(
          "no rows of the ticker: path=%s ticker=%s tickers=%s; use a ticker of the file, or another file"
              .formatted(
                  name,
                  ticker,
                  new TreeSet<>(tickers.subList(1, tickers.size())).stream().limit(10).toList()));
    }
    return header;
  }
}
