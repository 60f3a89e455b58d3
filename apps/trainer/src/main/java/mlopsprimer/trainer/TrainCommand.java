package mlopsprimer.trainer;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "train",
    description = "Fetch prices, train, evaluate, and promote unless worse than the champion.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class TrainCommand implements Callable<Integer> {
  private final Clock clock;
  private final PrintWriter out;

  @Mixin private TrainOptions options;

  TrainCommand(Clock clock, PrintWriter out) {
    this.clock = clock;
    this.out = out;
  }

  @Override
  public Integer call() {
    TrainSettings settings = TrainSettings.of(options);
    Publication publication;
    try (Progress progress = Progress.onTerminal()) {
      publication = new TrainingRun(settings, clock, progress).execute();
    }
    out.println(ScoreTable.of(publication.manifest()));
    out.printf("version   %s%n", publication.version());
    out.printf("sha256    %s%n", publication.manifest().sha256());
    out.printf("verdict   %s%n", publication.verdict());
    return ExitCode.OK.status;
  }
}
