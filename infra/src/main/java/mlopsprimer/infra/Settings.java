package mlopsprimer.infra;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads settings by name and remembers what is wrong with them, so that all of it is told at once.
 */
final class Settings {
  private static final CronParser CRON =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  private final Function<String, Optional<String>> lookup;
  private final List<String> problems = new ArrayList<>();

  Settings(Function<String, Optional<String>> lookup) {
    this.lookup = lookup;
  }

  /** `tickers` if it is set, else the one `ticker`. */
  List<Ticker> tickers() {
    String several = lookup.apply("tickers").orElse("[]");
    List<String> symbols = List.of();
    try {
      String[] parsed = new Gson().fromJson(several, String[].class);
      symbols = parsed == null ? List.of() : List.of(parsed);
    } catch (JsonSyntaxException | NullPointerException e) {
      refuse("tickers", several, "a list of symbols: [\"SPY\", \"QQQ\"]");
    }
    if (symbols.isEmpty()) {
      symbols = List.of(lookup.apply("ticker").orElse(""));
    }
    List<Ticker> tickers = new ArrayList<>();
    for (String symbol : symbols) {
      Optional<Ticker> ticker = Ticker.parse(symbol);
      if (ticker.isEmpty()) {
        refuse("ticker", symbol, "a Yahoo symbol: SPY, ^GSPC, BRK-B, EURUSD=X");
      } else if (tickers.contains(ticker.get())) {
        refuse("tickers", symbol, "each symbol once");
      } else {
        tickers.add(ticker.get());
      }
    }
    return tickers;
  }

  String text(String name, String pattern, String wanted) {
    String value = value(name);
    if (!value.matches(pattern)) {
      refuse(name, value, wanted);
    }
    return value;
  }

  int number(String name, int least, int most) {
    String value = value(name);
    try {
      int number = Integer.parseInt(value.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    refuse(name, value, "a whole number from %d to %d".formatted(least, most));
    return least;
  }

  double fraction(String name) {
    String value = value(name);
    try {
      double fraction = Double.parseDouble(value);
      if (fraction >= 0 && fraction <= 1) {
        return fraction;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    refuse(name, value, "a number from 0 to 1");
    return 0;
  }

  Duration duration(String name) {
    String value = value(name);
    if (!value.matches("[1-9][0-9]{0,3}[sm]")) {
      refuse(name, value, "seconds or minutes: 90s, 10m");
      return Duration.ZERO;
    }
    return Duration.parse("PT" + value);
  }

  boolean flag(String name) {
    String value = value(name);
    if (!value.equals("true") && !value.equals("false")) {
      refuse(name, value, "true or false");
    }
    return value.equals("true");
  }

  URI url(String name) {
    String value = value(name);
    try {
      URI url = URI.create(value);
      if (url.getHost() != null && url.getScheme() != null && url.getScheme().matches("https?")) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    refuse(name, value, "a URL: https://query1.finance.yahoo.com");
    return URI.create("https://invalid");
  }

  String schedule(String name) {
    String value = value(name);
    try {
      CRON.parse(value);
    } catch (IllegalArgumentException e) {
      refuse(
          name,
          value,
          "five fields of cron (%s), such as 30 17 * * 1-5,".formatted(e.getMessage()));
    }
    return value;
  }

  /** Of the tz database: Kubernetes takes no +02:00. */
  String timeZone(String name) {
    String value = value(name);
    if (!ZoneId.getAvailableZoneIds().contains(value)) {
      refuse(name, value, "a time zone by its name: America/New_York");
    }
    return value;
  }

  /** What one container may use: `trainerCpu` and `trainerMemory`. */
  Resources resources(String app, int leastMemory) {
    String cpu = text(app + "Cpu", "[1-9][0-9]{0,4}m?", "CPUs, or thousandths of one: 2, 500m");
    String memory = text(app + "Memory", "[1-9][0-9]{0,4}[MG]i", "a size: 512Mi, 1Gi");
    Resources resources = new Resources(cpu, memory);
    if (memory.matches("[1-9][0-9]{0,4}[MG]i") && resources.mebibytes() < leastMemory) {
      refuse(app + "Memory", memory, "at least %dMi".formatted(leastMemory));
    }
    return resources;
  }

  /** A file that exists, its path from the checkout. */
  Path file(String name, Path checkout) {
    String value = value(name);
    Path file = checkout.resolve(value);
    if (value.isEmpty() || !Files.isReadable(file)) {
      refuse(name, value, "a file that exists: 'vagrant up' writes " + file);
    }
    return file;
  }

  void requireNoProblems() {
    if (!problems.isEmpty()) {
      throw new InvalidConfig(problems);
    }
  }

  private String value(String name) {
    return lookup.apply(name).orElse("");
  }

  private void refuse(String name, String value, String wanted) {
    problems.add("%s is '%s': %s is needed".formatted(name, value, wanted));
  }
}
