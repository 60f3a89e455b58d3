package mlopsprimer.trainer;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import mlopsprimer.contract.ExitCode;
import mlopsprimer.contract.SettingValues;
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
  private final Map<String, String> environment;
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

  RollbackCommand(
      SettingOptions options, Map<String, String> environment, Clock clock, PrintWriter out) {
    this.options = options;
    this.environment = environment;
    this.clock = clock;
    this.out = out;
  }

  @Override
  public Integer call() {
    SettingValues settings = options.read();
    TickerStore store = Stores.open(settings);
    Stores.requireVersion("--to", version, store);
    StoreWriter writer = new StoreWriter(store);
    Champion champion = writer.promote(version, reason, clock.instant());
    writer.logServed(clock.instant());
    out.printf("champion  %s%nbefore    %s%n", champion.version(), champion.previous());
    Trackings.of(settings, environment, clock)
        .ifPresent(tracking -> out.printf("mlflow    %s%n", tracking.of(store).follow()));
    return ExitCode.OK.status();
  }
}
