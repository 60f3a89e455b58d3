package mlopsprimer.trainer;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mlopsprimer.contract.ExitCode;
import mlopsprimer.contract.SettingsException;
import mlopsprimer.contract.StorageLocation;
import mlopsprimer.contract.Ticker;
import mlopsprimer.forest.CorruptModelException;
import mlopsprimer.settings.SettingOptions;
import mlopsprimer.storage.S3Options;
import mlopsprimer.storage.TooLargeException;
import mlopsprimer.store.CopyResult;
import mlopsprimer.store.CopyResult.ChampionCopy;
import mlopsprimer.store.StoreCopy;
import mlopsprimer.store.UnreadableObjectException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Copies a whole model store: the command that makes a backup and brings it back. */
@Command(
    name = "copy",
    description =
        "Copies the models, rows and forecasts of all tickers to another store. It may be run while"
            + " models are trained and served, and again to copy what is new.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class CopyCommand implements Callable<Integer> {
  private final SettingOptions options;
  private final PrintWriter out;

  @Option(
      names = "--from",
      required = true,
      description = "Store to copy: a directory, or s3://BUCKET/PREFIX.")
  private String from;

  @Option(
      names = "--to",
      required = true,
      description = "Store to copy to: a directory, or s3://BUCKET/PREFIX.")
  private String to;

  @Option(
      names = "--overwrite",
      description =
          "Replace a champion of the other store that is as new as this one's, or newer. Without this"
              + " option, it stays.")
  private boolean overwrite;

  CopyCommand(SettingOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  @Override
  public Integer call() {
    S3Options s3 = S3Options.of(options.read());
    StorageLocation source = location("--from", from);
    StorageLocation destination = location("--to", to);
    if (source.equals(destination)) {
      throw new SettingsException(List.of("--to: %s is the store of --from".formatted(to)));
    }
    StoreCopy copy =
        new StoreCopy(Stores.open(source, s3), Stores.open(destination, s3), overwrite);
    List<Ticker> tickers = copy.tickers();
    if (tickers.isEmpty()) {
      throw new SettingsException(List.of("--from: there are no models in %s".formatted(from)));
    }
    List<CopyResult> results = new ArrayList<>();
    List<String> damaged = new ArrayList<>();
    for (Ticker ticker : tickers) {
      try {
        results.add(copied(copy, ticker));
      } catch (UnreadableObjectException | TooLargeException | CorruptModelException e) {
        damaged.add("%s was not copied whole: %s".formatted(ticker, e.getMessage()));
        out.printf("%-15s not copied whole%n", ticker);
      }
    }
    return exitCode(results, damaged);
  }

  private CopyResult copied(StoreCopy copy, Ticker ticker) {
    CopyResult result = copy.copy(ticker);
    out.printf(
        "%-15s versions: %d copied, %d there before; champion: %s%n",
        ticker,
        result.copied(),
        result.present(),
        result.champion().name().toLowerCase(Locale.ROOT));
    return result;
  }

  private static StorageLocation location(String flag, String text) {
    try {
      return StorageLocation.of(text);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          List.of("%s: %s; use a directory or s3://BUCKET/PREFIX".formatted(flag, e.getMessage())));
    }
  }

  /**
   * @param damaged what the user should know about each ticker with objects that cannot be read
   */
  private static int exitCode(List<CopyResult> results, List<String> damaged) {
    String problems =
        Stream.concat(
                results.stream().flatMap(result -> result.problem().stream()), damaged.stream())
            .collect(Collectors.joining("\n"));
    if (problems.isEmpty()) {
      return ExitCode.OK.status();
    }
    if (damaged.isEmpty() && results.stream().allMatch(CopyCommand::isIntact)) {
      throw new SettingsException(List.of(problems));
    }
    throw new CorruptModelException(problems);
  }

  private static boolean isIntact(CopyResult result) {
    return result.damaged().isEmpty() && result.champion() != ChampionCopy.DAMAGED;
  }
}
