package mlopsprimer.contract;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the trainer. A new setting needs its declaration here, its place in {@link
 * #OF_STACK} or {@link #ALL}, the code that uses it and, if a stack has it too, its entry in
 * Pulumi.yaml.
 */
public final class TrainerSettings {
  public static final Setting<List<SourceSpec>> SOURCE =
      new Setting<>(
          "source",
          Format.SOURCES,
          "yahoo",
          "Source of prices, such as yahoo, or sample for synthetic prices. Several sources,"
              + " separated by commas, are tried in the given order. A stack cannot use a file.");

  public static final Setting<History> HISTORY =
      new Setting<>(
          "history",
          Format.HISTORY,
          "5y",
          "Length of the history to train on, such as 5y or 18m, counted back from the newest day.");

  public static final Setting<Integer> TREES =
      new Setting<>(
          "trees", Format.wholeNumber(1, 10_000), "100", "Number of trees in the forest.");

  public static final Setting<Integer> MAX_DEPTH =
      new Setting<>(
          "max-depth", Format.wholeNumber(0, 64), "5", "Largest depth of a tree. 0 sets no limit.");

  public static final Setting<Integer> MIN_LEAF =
      new Setting<>(
          "min-leaf",
          Format.wholeNumber(1, 10_000),
          "25",
          "Smallest number of days in a leaf of a tree.");

  public static final Setting<Integer> SEED =
      new Setting<>(
          "seed",
          Format.wholeNumber(Integer.MIN_VALUE, Integer.MAX_VALUE),
          "42",
          "Random seed. The same seed and prices give the same model.");

  public static final Setting<Integer> KEEP =
      new Setting<>(
          "keep",
          Format.wholeNumber(1, 10_000),
          "10",
          "Number of newest versions to keep in the model store. The champion and the previous"
              + " champion are kept as well.");

  public static final Setting<Boolean> ALLOW_STALE =
      new Setting<>(
          "allow-stale",
          Format.YES_OR_NO,
          "false",
          "Train on Yahoo's prices even if the newest price is a week of sessions old or older.");

  public static final Setting<BaseUrl> YAHOO_BASE_URL =
      new Setting<>(
          "yahoo-base-url",
          Format.BASE_URL,
          "https://query1.finance.yahoo.com",
          "Base URL of Yahoo's chart endpoint. Set it to use a proxy or a test server.");

  public static final Setting<String> USER_AGENT =
      new Setting<>(
          "user-agent",
          Format.matching(
              "(?!.*://)[!-~]([ -~]{0,198}[!-~])?",
              "a text of 1 to 200 ASCII characters that is not a URL"),
          "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
              + " Chrome/131.0.0.0 Safari/537.36",
          "User agent that the trainer sends to Yahoo. Yahoo refuses the user agents of programs.");

  public static final Setting<Integer> YAHOO_REQUESTS_PER_SECOND =
      new Setting<>(
          "yahoo-requests-per-second",
          Format.wholeNumber(1, 100),
          "2",
          "Most requests per second to Yahoo, of all processes together that train at the same time.");

  public static final Setting<Optional<LocalDate>> ACCEPT_MOVE =
      new Setting<>(
          "accept-move",
          Format.DAY_OR_NONE,
          "none",
          "Day on which a move of the price out of all proportion was real, such as 2020-03-16. With"
              + " none, such a move is held back until another session confirms it.");

  public static final Setting<Optional<DateFormat>> DATE_FORMAT =
      new Setting<>(
          "date-format",
          Format.OPTIONAL_DATE_FORMAT,
          "",
          "Order of day, month and year in a file of prices, such as dd/mm/yyyy. Without this"
              + " setting, a day with slashes has the month first.");

  public static final Setting<Optional<Exchange>> EXCHANGE =
      new Setting<>(
          "exchange",
          Format.EXCHANGE,
          "auto",
          "Exchange whose calendar the prices follow: a code such as XLON, 24/5 for currencies, 24/7 for"
              + " cryptocurrencies, weekdays for an exchange without holidays. auto finds it by Yahoo's"
              + " answer, by the symbol or by the days of a file.");

  public static final Setting<Optional<LocalDate>> AS_OF =
      new Setting<>(
          "as-of",
          Format.OPTIONAL_DAY,
          "",
          "Last day to train on, such as 2018-12-31. Later prices are ignored, and an existing"
              + " champion is not replaced. Without this setting, all days are used.");

  public static final Setting<Integer> THREADS =
      new Setting<>(
          "threads",
          Format.wholeNumber(1, 256),
          String.valueOf(Math.min(256, Runtime.getRuntime().availableProcessors())),
          "Number of forests to grow at the same time. The default is the number of processors."
              + " Every number gives the same model.");

  public static final Setting<List<Ticker>> TICKERS =
      new Setting<>(
          "tickers",
          Format.TICKERS,
          "",
          "Yahoo symbols to train one after the other, such as SPY,QQQ. They replace the symbol of"
              + " --ticker.");

  public static final Setting<Integer> INDEXES =
      new Setting<>(
          "indexes",
          Format.wholeNumber(1, 1000),
          "1",
          "Number of pods of an Indexed Job that share the symbols of --tickers. Pod I trains the"
              + " symbols at the positions I, I + indexes, I + 2 indexes and so on, counted from 0.");

  public static final Setting<Integer> FETCHERS =
      new Setting<>(
          "fetchers",
          Format.wholeNumber(1, 10_000),
          "1",
          "Number of processes that may ask Yahoo at the same time. Each takes its part of"
              + " --yahoo-requests-per-second.");

  /**
   * The settings that a stack has too. The Pulumi program sets the model store, and leaves the
   * other settings at their defaults.
   */
  public static final SettingGroup OF_STACK =
      SettingGroup.of(
          AppSettings.TICKER,
          SOURCE,
          HISTORY,
          TREES,
          MAX_DEPTH,
          MIN_LEAF,
          SEED,
          KEEP,
          ALLOW_STALE,
          YAHOO_BASE_URL,
          YAHOO_REQUESTS_PER_SECOND,
          USER_AGENT,
          ACCEPT_MOVE,
          EXCHANGE);

  /** All settings of the command train. */
  public static final SettingGroup ALL =
      AppSettings.OF_STORAGE
          .and(SettingGroup.of(AppSettings.MLFLOW))
          .and(SettingGroup.of(AS_OF, DATE_FORMAT, THREADS, TICKERS, INDEXES, FETCHERS))
          .and(OF_STACK);

  /**
   * The settings that, together with the prices, determine the bytes of the model. The model's
   * manifest records them.
   */
  public static final SettingGroup OF_MODEL =
      SettingGroup.of(HISTORY, AS_OF, TREES, MAX_DEPTH, MIN_LEAF, SEED);

  /** The settings of the command card, which needs one ticker's models. */
  public static final SettingGroup OF_STORE =
      SettingGroup.of(AppSettings.TICKER).and(AppSettings.OF_STORAGE);

  /** The settings of the commands status and rollback, which look at MLflow too. */
  public static final SettingGroup OF_CHAMPION = OF_STORE.and(SettingGroup.of(AppSettings.MLFLOW));

  /** The settings of the command copy, which has options of its own for the two stores. */
  public static final SettingGroup OF_COPY =
      SettingGroup.of(AppSettings.S3_ENDPOINT, AppSettings.S3_REGION, AppSettings.S3_PATH_STYLE);

  private TrainerSettings() {}
}
