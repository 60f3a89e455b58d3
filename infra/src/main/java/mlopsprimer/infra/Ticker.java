package mlopsprimer.infra;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A Yahoo symbol, and what it is called in Kubernetes, where neither ^ nor = may stand in a name.
 */
record Ticker(String symbol) {
  private static final Pattern SYMBOL = Pattern.compile("(?=.*[A-Z0-9])[A-Z0-9^.=-]{1,15}");

  static Optional<Ticker> parse(String text) {
    String symbol = text.strip().toUpperCase(Locale.ROOT);
    return SYMBOL.matcher(symbol).matches() ? Optional.of(new Ticker(symbol)) : Optional.empty();
  }

  /** A DNS label: ^GSPC is gspc-e54f41, and GSPC another. */
  String slug() {
    String letters =
        symbol.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String hash = Hash.of(symbol.getBytes(UTF_8), 6);
    return letters + "-" + hash;
  }
}
