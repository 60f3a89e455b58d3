package mlopsprimer.trainer;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import mlopsprimer.contract.ExitCode;
import mlopsprimer.settings.SettingOptions;
import mlopsprimer.store.Champion;
import mlopsprimer.store.StoreWriter;
import mlopsprimer.store.TickerStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes another stored version the champion. */
@Command(
    name = "rollback",
    description =
        "Makes another stored version the champion. The next training run may replace it.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class RollbackCommand implements Callable<Integer> {
  private final SettingOptions options;
  private final Clock clock;
  private final PrintWriter out;

  @Option(
      names = "--to",
      required = true,
      description = "Version to serve. `trainer status` lists the versions.")
  private String version;

  @Option(
      names = "--reason",
      defaultValue = "rolled back by hand",
      description =
          "Reason of the rollback. It is recorded with the champion. Default: ${DEFAULT-VALUE}.")
  private String reason;

  RollbackCommand(SettingOptions options, Clock clock, PrintWriter out) {
    this.options = options;
    this.clock = clock;
    this.out = out;
  }

  @Override
  public Integer call() {
    TickerStore store = Stores.open(options.read());
    Stores.requireVersion("--to", version, store);
    StoreWriter writer = new StoreWriter(store);
    Champion champion = writer.promote(version, reason, clock.instant());
    writer.logServed(clock.instant());
    out.printf("champion  %s%nbefore    %s%n", champion.version(), champion.previous());
    return ExitCode.OK.status();
  }
}
