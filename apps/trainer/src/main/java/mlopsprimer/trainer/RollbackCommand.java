package mlopsprimer.trainer;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import mlopsprimer.settings.SettingsException;
import mlopsprimer.store.Champion;
import mlopsprimer.store.StoreWriter;
import mlopsprimer.store.TickerStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "rollback",
    description = "Serve another stored version; the next training may replace it.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class RollbackCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Clock clock;
  private final PrintWriter out;

  @Mixin private StoreOptions options;

  @Option(names = "--to", required = true, description = "version, as `trainer status` lists them")
  private String version;

  @Option(
      names = "--reason",
      defaultValue = "rolled back by hand",
      description = "recorded with the champion (default: ${DEFAULT-VALUE})")
  private String reason;

  RollbackCommand(Clock clock, PrintWriter out) {
    this.clock = clock;
    this.out = out;
  }

  @Override
  public Integer call() {
    TickerStore store = options.open();
    if (!store.versions().contains(version)) {
      throw new SettingsException(
          List.of(
              "--to: no version '%s' of %s; stored: %s"
                  .formatted(version, store.ticker(), store.versions())));
    }
    try (StoreWriter writer = StoreWriter.lock(store, PATIENCE)) {
      Champion champion = writer.promote(version, reason, clock.instant());
      out.printf("champion  %s%nbefore    %s%n", champion.version(), champion.previous());
    }
    return ExitCode.OK.status;
  }
}
