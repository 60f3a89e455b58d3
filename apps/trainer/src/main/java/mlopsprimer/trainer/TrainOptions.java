package mlopsprimer.trainer;

import picocli.CommandLine.Option;

/** The flags of {@code train}, as typed; {@link TrainSettings} checks them all at once. */
class TrainOptions {
  @Option(
      names = "--ticker",
      defaultValue = "SPY",
      description = "Yahoo symbol: SPY, ^GSPC, BRK-B, EURUSD=X (default: ${DEFAULT-VALUE})")
  String ticker;

  @Option(
      names = "--source",
      defaultValue = "yahoo",
      description =
          "yahoo, csv:PATH or sample; several with commas are tried in order"
              + " (default: ${DEFAULT-VALUE})")
  String source;

  @Option(
      names = "--store",
      defaultValue = "models",
      description = "directory of the models (default: ${DEFAULT-VALUE})")
  String store;

  @Option(
      names = "--as-of",
      defaultValue = "",
      description =
          "train as on the evening of this day, 2018-12-31; the champion stays (default: newest)")
  String asOf;

  @Option(
      names = "--history",
      defaultValue = "5y",
      description = "how much of it, back from the newest day: 5y, 18m (default: ${DEFAULT-VALUE})")
  String history;

  @Option(names = "--trees", defaultValue = "100", description = "default: ${DEFAULT-VALUE}")
  String trees;

  @Option(
      names = "--max-depth",
      defaultValue = "5",
      description = "of a tree, 0 for no limit (default: ${DEFAULT-VALUE})")
  String maxDepth;

  @Option(
      names = "--min-leaf",
      defaultValue = "25",
      description = "fewest days in a leaf (default: ${DEFAULT-VALUE})")
  String minLeaf;

  @Option(names = "--seed", defaultValue = "42", description = "default: ${DEFAULT-VALUE}")
  String seed;

  @Option(
      names = "--threads",
      description =
          "forests grown at once; the model does not depend on it (default: all processors)")
  String threads = String.valueOf(Runtime.getRuntime().availableProcessors());

  @Option(
      names = "--keep",
      defaultValue = "10",
      description =
          "versions kept beside the champion and the one before (default: ${DEFAULT-VALUE})")
  String keep;

  @Option(
      names = "--allow-stale",
      description = "train on Yahoo's prices even if the newest is over a week old")
  boolean allowStale;

  @Option(
      names = "--yahoo-base-url",
      defaultValue = "https://query1.finance.yahoo.com",
      description = "default: ${DEFAULT-VALUE}")
  String yahooBaseUrl;
}
