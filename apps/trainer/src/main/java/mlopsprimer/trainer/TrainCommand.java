package mlopsprimer.trainer;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import mlopsprimer.contract.ExitCode;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.settings.SettingOptions;
import picocli.CommandLine.Command;

/** Trains a model of one ticker. */
@Command(
    name = "train",
    description =
        "Fetches prices, trains and evaluates a model, and promotes it unless it is worse than the"
            + " champion.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class TrainCommand implements Callable<Integer> {
  private final SettingOptions options;
  private final Map<String, String> environment;
  private final Clock clock;
  private final PrintWriter out;

  TrainCommand(
      SettingOptions options, Map<String, String> environment, Clock clock, PrintWriter out) {
    this.options = options;
    this.environment = environment;
    this.clock = clock;
    this.out = out;
  }

  @Override
  public Integer call() {
    SettingValues settings = options.read();
    Publication publication;
    try (Progress progress = Progress.onTerminal()) {
      publication = new TrainingRun(settings, environment, clock, progress).execute();
    }
    out.println(ScoreTable.of(publication.manifest()));
    out.printf("version   %s%n", publication.version());
    out.printf("sha256    %s%n", publication.manifest().sha256());
    out.printf("verdict   %s%n", publication.verdict());
    return ExitCode.OK.status();
  }
}
