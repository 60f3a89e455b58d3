package mlopsprimer.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table of exchanges. Each line of the resource exchanges.txt is a word and what belongs to it:
 *
 * <pre>
 * exchange XLON London         starts an exchange: its code, and its name for people
 * zone Europe/London
 * floating                     the source of the prices gives the zone
 * known 1990-01-01 2035-12-31  days whose holidays the table has
 * weekdays 12345 [from DAY]    open weekdays; 1 is Monday
 * close 16:30 [from DAY]       end of a session
 * close 13:50 on 5             end of a session on one weekday
 * closed 2026 0101 0403        holidays of a year on open weekdays, as month and day
 * open 2025 0201               sessions on other weekdays
 * early 12:30 2026 1224 1231   sessions that end early, or late
 * yahoo LSE IOB                Yahoo's names of the exchange
 * suffix .L .IL                ends of Yahoo's symbols
 * index ^FTSE                  Yahoo's symbols of indices
 * </pre>
 */
public final class Exchanges {
  private static final String RESOURCE = "exchanges.txt";

  /** Reads the table when a class first asks for it. */
  private static final class Holder {
    private static final Exchanges TABLE = read();
  }

  private final List<Exchange> exchanges;
  private final Map<String, Exchange> byYahooName = new HashMap<>();
  private final Map<String, Exchange> bySuffix = new HashMap<>();
  private final Map<String, Exchange> byIndex = new HashMap<>();

  private Exchanges(List<ExchangeFacts> blocks) {
    List<Exchange> all = new ArrayList<>();
    for (ExchangeFacts block : blocks) {
      Exchange exchange = new Exchange(block);
      all.add(exchange);
      block.yahooNames.forEach(name -> byYahooName.put(name, exchange));
      block.suffixes.forEach(suffix -> bySuffix.put(suffix, exchange));
      block.indices.forEach(index -> byIndex.put(index, exchange));
    }
    exchanges = List.copyOf(all);
  }

  /** Every exchange, in the order of the table. New York is the first one. */
  public static List<Exchange> all() {
    return Holder.TABLE.exchanges;
  }

  /**
   * The exchange of a code, such as XLON or 24/7.
   *
   * @throws IllegalArgumentException if the table has no such code
   */
  public static Exchange of(String code) {
    return all().stream()
        .filter(exchange -> exchange.code().equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no exchange '%s' in the table; use one of %s".formatted(code, all())));
  }

  /** The exchange that Yahoo's chart calls {@code exchangeName}, such as LSE. */
  public static Optional<Exchange> ofYahooName(String exchangeName) {
    return Optional.ofNullable(Holder.TABLE.byYahooName.get(exchangeName));
  }

  /**
   * The exchange that a symbol names: London for VOD.L, and Frankfurt for ^GDAXI. The result is
   * empty for a symbol without a suffix, such as SPY, and for a suffix that the table lacks.
   */
  public static Optional<Exchange> namedBy(Ticker ticker) {
    return Holder.TABLE.namedBySymbol(ticker.symbol());
  }

  /**
   * The exchange of a symbol if nothing but the symbol is known. A symbol without a suffix is one
   * of New York, and a symbol whose suffix the table lacks is traded on weekdays.
   */
  public static Exchange ofSymbol(Ticker ticker) {
    return namedBy(ticker).orElseGet(() -> of(ticker.symbol().contains(".") ? "weekdays" : "XNYS"));
  }

  private Optional<Exchange> namedBySymbol(String symbol) {
    if (byIndex.containsKey(symbol)) {
      return Optional.of(byIndex.get(symbol));
    }
    // The suffix starts with the last of the characters that a suffix starts with: -USD of BTC-USD.
    for (int i = symbol.length() - 1; i > 0; i--) {
      if (".=-".indexOf(symbol.charAt(i)) >= 0) {
        return Optional.ofNullable(bySuffix.get(symbol.substring(i)));
      }
    }
    return Optional.empty();
  }

  private static Exchanges read() {
    List<ExchangeFacts> blocks = new ArrayList<>();
    try (InputStream bytes = Exchanges.class.getResourceAsStream(RESOURCE);
        BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("exchange")) {
          blocks.add(new ExchangeFacts(words));
        } else if (!line.isEmpty() && !line.startsWith("#")) {
          blocks.get(blocks.size() - 1).add(words);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + RESOURCE, e);
    }
    return new Exchanges(blocks);
  }
}
