package mlopsprimer.trainer;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import mlopsprimer.contract.ExitCode;
import mlopsprimer.settings.SettingOptions;
import mlopsprimer.store.Champion;
import mlopsprimer.store.Manifest;
import mlopsprimer.store.PredictionLog;
import mlopsprimer.store.StorageException;
import mlopsprimer.store.TickerStore;
import mlopsprimer.trainer.evaluation.Metric;
import picocli.CommandLine.Command;

/**
 * Shows the champion of a ticker, its scores, the ticker's forecasts with a known outcome, and the
 * stored versions.
 */
@Command(
    name = "status",
    description =
        "Shows the champion, its scores beside both baselines, the forecasts that came due, and the versions.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class StatusCommand implements Callable<Integer> {
  private final SettingOptions options;
  private final PrintWriter out;

  StatusCommand(SettingOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  @Override
  public Integer call() {
    TickerStore store = Stores.open(options.read());
    Champion champion =
        store
            .champion()
            .orElseThrow(
                () ->
                    new StorageException(
                        "no champion of %s in this store; train one with: trainer train --ticker %s"
                            .formatted(store.ticker(), store.ticker())));
    Manifest manifest = store.load(champion.version()).manifest();
    out.println(ScoreTable.of(manifest));
    out.printf("champion  %s%n", champion.version());
    out.printf("since     %s%n", champion.since());
    out.printf("because   %s%n", champion.reason());
    printRealised(store.predictions().realised());
    out.println("versions");
    for (String version : store.versions()) {
      out.printf("  %s%s%n", version, role(version, champion));
    }
    return ExitCode.OK.status();
  }

  private static String role(String version, Champion champion) {
    if (version.equals(champion.version())) {
      return "  champion";
    }
    return version.equals(champion.previous()) ? "  previous" : "";
  }

  private void printRealised(List<PredictionLog.Realised> realised) {
    if (realised.isEmpty()) {
      out.println("realised  no outcome known yet");
      return;
    }
    double brier = 0;
    int right = 0;
    for (PredictionLog.Realised each : realised) {
      double forecast = each.forecast().probabilityUp();
      boolean up = each.outcome().up();
      brier += Metric.squaredError(forecast, up);
      right += (forecast > 0.5) == up ? 1 : 0;
    }
    out.printf(
        "realised  forecasts with a known outcome: %d; right: %d; Brier score: %s%n",
        realised.size(), right, ScoreTable.number(brier / realised.size()));
  }
}
