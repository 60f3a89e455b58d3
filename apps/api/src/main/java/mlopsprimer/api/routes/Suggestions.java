package mlopsprimer.api.routes;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import mlopsprimer.contract.Ticker;

/**
 * Finds the tickers that a request may have meant. A ticker is like another one if both have the
 * same letters and digits in the same order, as BRK.B and BRK-B. If there is no such ticker, it is
 * like one that differs in one character: changed, added, left out, or exchanged with its
 * neighbour. Tickers with fewer than three characters are too short for that.
 */
final class Suggestions {
  private static final int MOST = 3;
  private static final int LEAST_CHARACTERS = 3;

  private Suggestions() {}

  /** At most three tickers of these that are like the asked one, in the order of the tickers. */
  static List<Ticker> of(Ticker asked, Collection<Ticker> served) {
    String symbol = asked.symbol();
    String plain = plain(symbol);
    List<Ticker> same = those(served, other -> plain(other).equals(plain));
    return same.isEmpty() && symbol.length() >= LEAST_CHARACTERS
        ? those(served, other -> other.length() >= LEAST_CHARACTERS && isClose(symbol, other))
        : same;
  }

  private static List<Ticker> those(Collection<Ticker> served, Predicate<String> like) {
    return served.stream().filter(ticker -> like.test(ticker.symbol())).limit(MOST).toList();
  }

  private static String plain(String symbol) {
    return symbol.replaceAll("[^A-Z0-9]", "");
  }

  private static boolean isClose(String a, String b) {
    if (Math.abs(a.length() - b.length()) > 1) {
      return false;
    }
    int from = 0;
    while (from < Math.min(a.length(), b.length()) && a.charAt(from) == b.charAt(from)) {
      from++;
    }
    int aTo = a.length();
    int bTo = b.length();
    while (aTo > from && bTo > from && a.charAt(aTo - 1) == b.charAt(bTo - 1)) {
      aTo--;
      bTo--;
    }
    String inA = a.substring(from, aTo);
    String inB = b.substring(from, bTo);
    boolean isOneChange = inA.length() <= 1 && inB.length() <= 1;
    return isOneChange
        || (inA.length() == 2 && new StringBuilder(inA).reverse().toString().equals(inB));
  }
}
