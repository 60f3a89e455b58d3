package mlopsprimer.trainer;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import mlopsprimer.contract.ExitCode;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.prices.DataFact;
import mlopsprimer.settings.SettingOptions;
import mlopsprimer.store.Champion;
import mlopsprimer.store.Estimate;
import mlopsprimer.store.Forecast;
import mlopsprimer.store.ModelVersion;
import mlopsprimer.store.PredictionLog;
import mlopsprimer.store.TickerStore;
import mlopsprimer.store.UnreadableObjectException;
import mlopsprimer.trainer.evaluation.RealisedForecasts;
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
  /** Seed of the interval, so that two calls print the same. */
  private static final long SEED = 42;

  private final SettingOptions options;
  private final Map<String, String> environment;
  private final Clock clock;
  private final PrintWriter out;

  StatusCommand(
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
    Champion champion = Stores.championOf(store);
    ModelVersion served = store.load(champion.version());
    out.println(ScoreTable.of(served.manifest(), dataQuality(store, served)));
    out.printf("champion  %s%n", champion.version());
    out.printf("since     %s%n", champion.since());
    out.printf("because   %s%n", champion.reason());
    Trackings.of(settings, environment, clock)
        .ifPresent(tracking -> tracking.of(store).describe().forEach(out::println));
    printRealised(store);
    out.println("versions");
    for (String version : store.versions()) {
      out.printf("  %s%s%n", version, role(version, champion));
    }
    return ExitCode.OK.status();
  }

  /** The facts that the API answers with: those of the newest row, and those of the model. */
  private static List<DataFact> dataQuality(TickerStore store, ModelVersion served) {
    try {
      return store
          .latest()
          .ofSchema(served.model().schemaId())
          .map(row -> Forecast.of(served, row).dataQuality())
          .orElse(served.manifest().dataQuality());
    } catch (UnreadableObjectException e) {
      return served.manifest().dataQuality();
    }
  }

  private static String role(String version, Champion champion) {
    if (version.equals(champion.version())) {
      return "  champion";
    }
    return version.equals(champion.previous()) ? "  previous" : "";
  }

  private void printRealised(TickerStore store) {
    PredictionLog log = store.predictions();
    List<PredictionLog.Realised> realised = log.realised();
    int late = log.late();
    if (realised.isEmpty()) {
      out.println("realised  no outcome known yet");
    } else {
      out.printf("realised  forecasts with a known outcome: %d%n", realised.size());
    }
    if (late > 0) {
      out.printf("          made after the close of their session, and not counted: %d%n", late);
    }
    RealisedForecasts.score(realised, SEED)
        .ifPresent(
            scores -> {
              out.printf(
                  "          right: %d of %d; Brier score: %s; base rate: %s%n",
                  scores.right(),
                  scores.forecasts(),
                  ScoreTable.number(scores.brier()),
                  ScoreTable.number(scores.brierOfBaseRate()));
              out.printf("          difference: %s%n", difference(scores.difference()));
            });
  }

  private static String difference(Estimate difference) {
    String value = ScoreTable.signed(difference.value());
    return difference.low() == null
        ? value + "; too few forecasts for an interval"
        : "%s [%s, %s]; below 0 is better than the base rate"
            .formatted(
                value, ScoreTable.signed(difference.low()), ScoreTable.signed(difference.high()));
  }
}
