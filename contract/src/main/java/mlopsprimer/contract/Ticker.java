package mlopsprimer.contract;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A Yahoo Finance symbol, such as {@code SPY}, {@code ^GSPC}, {@code BRK-B} or {@code EURUSD=X}, in
 * upper case.
 *
 * @param symbol 1 to 15 of {@code A-Z 0-9 ^ . = -}, at least one of them a letter or a digit
 */
public record Ticker(String symbol) implements Comparable<Ticker> {
  private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9^.=-]{1,15}");
  private static final Pattern ALPHANUMERIC = Pattern.compile("[A-Z0-9]");
  private static final int LONGEST_QUOTE = 40;

  /**
   * @throws IllegalArgumentException if the symbol has another form
   */
  public Ticker {
    if (!SYMBOL.matcher(symbol).matches() || !ALPHANUMERIC.matcher(symbol).find()) {
      throw new IllegalArgumentException(
          "not a ticker: '%s'; use 1 to 15 of the characters A-Z, 0-9, ^, ., = and -, such as SPY or ^GSPC"
              .formatted(Quote.of(symbol, LONGEST_QUOTE)));
    }
  }

  /**
   * Reads a symbol in upper or lower case.
   *
   * @throws IllegalArgumentException if the text is not a symbol
   */
  public static Ticker of(String text) {
    // Upper-casing may lengthen or fold characters of other scripts, so only ASCII is accepted.
    if (!text.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IllegalArgumentException(
          "not a ticker: '%s'; use ASCII letters, digits, ^, ., = and -"
              .formatted(Quote.of(text, LONGEST_QUOTE)));
    }
    return new Ticker(text.toUpperCase(Locale.ROOT));
  }

  /**
   * The same tickers.
   *
   * @throws IllegalArgumentException if a ticker is repeated
   */
  public static List<Ticker> distinct(List<Ticker> tickers) {
    if (tickers.stream().distinct().count() < tickers.size()) {
      throw new IllegalArgumentException("a symbol is repeated: " + tickers);
    }
    return List.copyOf(tickers);
  }

  /**
   * Every {@code indexes}-th of the tickers, from position {@code index} on. All indexes together
   * have each ticker once.
   *
   * @param index a number from 0 to {@code indexes} - 1
   */
  public static List<Ticker> share(List<Ticker> tickers, int indexes, int index) {
    return IntStream.range(0, tickers.size())
        .filter(position -> position % indexes == index)
        .mapToObj(tickers::get)
        .toList();
  }

  /**
   * Reads the name of a ticker's directory in the model store. This method is the inverse of {@link
   * #directoryName()}.
   *
   * @throws IllegalArgumentException if the name is not a percent-encoded symbol
   */
  public static Ticker ofDirectoryName(String name) {
    return new Ticker(URLDecoder.decode(name, StandardCharsets.UTF_8));
  }

  /**
   * The name of the ticker's directory in the model store. The symbol is percent-encoded, so that
   * every file system accepts the name: {@code %5EGSPC} for {@code ^GSPC}, {@code BRK%2EB} for
   * {@code BRK.B}.
   */
  public String directoryName() {
    return percentEncoded();
  }

  /** The symbol, percent-encoded as one segment of a URL's path. */
  public String urlSegment() {
    return percentEncoded();
  }

  /**
   * The symbol as a DNS label for names of Kubernetes objects: {@code gspc-df302d} for {@code
   * ^GSPC}. The six hex digits are the start of the symbol's SHA-256, so that symbols that differ
   * only in characters such as ^ and = get different labels.
   */
  public String slug() {
    String letters =
        symbol.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return letters + "-" + Sha256.hex(symbol.getBytes(StandardCharsets.UTF_8)).substring(0, 6);
  }

  private String percentEncoded() {
    StringBuilder encoded = new StringBuilder();
    symbol
        .chars()
        .forEach(
            c -> {
              if (Character.isLetterOrDigit(c) || c == '-') {
                encoded.append((char) c);
              } else {
                encoded.append("%%%02X".formatted(c));
              }
            });
    return encoded.toString();
  }

  @Override
  public int compareTo(Ticker other) {
    return symbol.compareTo(other.symbol);
  }

  @Override
  public String toString() {
    return symbol;
  }
}
