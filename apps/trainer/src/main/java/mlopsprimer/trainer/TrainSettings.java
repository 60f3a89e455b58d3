package mlopsprimer.trainer;

import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlopsprimer.contract.Ticker;
import mlopsprimer.settings.Problems;
import mlopsprimer.settings.SettingsException;
import mlopsprimer.trainer.source.SourceSpec;
import mlopsprimer.trainer.weka.ForestSettings;

/** Everything that {@code train} can be told, checked. */
record TrainSettings(
    Ticker ticker,
    List<SourceSpec> sources,
    Path store,
    Optional<LocalDate> asOf,
    Period history,
    ForestSettings forest,
    int threads,
    int keep,
    boolean allowStale,
    URI yahooBaseUrl) {
  private static final Pattern HISTORY = Pattern.compile("(\\d{1,3})([ym])");

  /**
   * @throws SettingsException naming every option that is wrong
   */
  static TrainSettings of(TrainOptions options) {
    Problems problems = new Problems();
    TrainSettings settings =
        new TrainSettings(
            problems.parse("--ticker", options.ticker, Ticker::of),
            problems.parse("--source", options.source, TrainSettings::sources),
            problems.parse("--store", options.store, Path::of),
            problems.parse("--as-of", options.asOf, TrainSettings::day),
            problems.parse("--history", options.history, TrainSettings::history),
            new ForestSettings(
                problems.wholeNumber("--trees", options.trees, 1, 10_000),
                problems.wholeNumber("--max-depth", options.maxDepth, 0, 64),
                problems.wholeNumber("--min-leaf", options.minLeaf, 1, 10_000),
                problems.wholeNumber("--seed", options.seed, Integer.MIN_VALUE, Integer.MAX_VALUE)),
            problems.wholeNumber("--threads", options.threads, 1, 256),
            problems.wholeNumber("--keep", options.keep, 1, 10_000),
            options.allowStale,
            problems.parse("--yahoo-base-url", options.yahooBaseUrl, TrainSettings::baseUrl));
    problems.throwIfAny();
    return settings;
  }

  /** What decides the bytes of the model, by name, for its manifest. */
  Map<String, String> provenance() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("history", history.toString());
    settings.put("asOf", asOf.map(LocalDate::toString).orElse(""));
    settings.put("trees", String.valueOf(forest.trees()));
    settings.put("maxDepth", String.valueOf(forest.maxDepth()));
    settings.put("minLeaf", String.valueOf(forest.minLeaf()));
    settings.put("seed", String.valueOf(forest.seed()));
    return settings;
  }

  private static List<SourceSpec> sources(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).map(SourceSpec::of).toList();
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'%s' is not a day like 2018-12-31".formatted(text), e);
    }
  }

  private static Period history(String text) {
    Matcher matcher = HISTORY.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) == 0) {
      throw new IllegalArgumentException(
          "'%s' is not a length of time; use 5y for years or 18m for months".formatted(text));
    }
    int count = Integer.parseInt(matcher.group(1));
    return matcher.group(2).equals("y") ? Period.ofYears(count) : Period.ofMonths(count);
  }

  private static URI baseUrl(String text) {
    URI url = URI.create(text);
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null || url.getQuery() != null) {
      throw new IllegalArgumentException(
          "'%s' is not a base URL like https://query1.finance.yahoo.com".formatted(text));
    }
    return url;
  }
}
