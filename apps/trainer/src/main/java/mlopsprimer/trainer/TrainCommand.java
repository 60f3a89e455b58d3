package mlopsprimer.trainer;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import mlopsprimer.contract.AppSettings;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.contract.Ticker;
import mlopsprimer.settings.SettingOptions;
import mlopsprimer.storage.S3Options;
import mlopsprimer.store.ModelStore;
import mlopsprimer.store.TickerStore;
import mlopsprimer.trainer.source.RequestPace;
import mlopsprimer.trainer.source.SourceSettings;
import mlopsprimer.trainer.tracking.TickerTracking;
import mlopsprimer.trainer.tracking.Tracking;
import mlopsprimer.trainer.weka.WekaForestTrainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** Trains a model of one ticker, or of several tickers one after the other. */
@Command(
    name = "train",
    description =
        "Fetches prices, trains and evaluates a model, and promotes it unless it is worse than the"
            + " champion.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class TrainCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(TrainCommand.class);

  private final SettingOptions options;
  private final Map<String, String> environment;
  private final Clock clock;
  private final PrintWriter out;
  private final PrintWriter err;

  TrainCommand(
      SettingOptions options,
      Map<String, String> environment,
      Clock clock,
      PrintWriter out,
      PrintWriter err) {
    this.options = options;
    this.environment = environment;
    this.clock = clock;
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    SettingValues settings = options.read();
    List<Ticker> tickers = TickerShare.of(settings, environment);
    RequestPace pace = RequestPace.of(settings, environment);
    logStart(tickers.size());
    ModelStore store = Stores.open(settings.get(AppSettings.STORE), S3Options.of(settings));
    Optional<Tracking> tracking = Trackings.of(settings, environment, clock);
    Trainings trainings = new Trainings();
    trainings.run(
        tickers,
        ticker ->
            train(
                store.ticker(ticker),
                new SourceSettings(
                    settings.with(AppSettings.TICKER, ticker), clock, environment, pace),
                tracking.map(server -> server.of(store.ticker(ticker)))),
        ReportFile.of(environment));
    trainings.messages().forEach(err::println);
    return trainings.code().status();
  }

  private static void logStart(int tickers) {
    LOG.atInfo()
        .addKeyValue("version", Version.ofProgram())
        .addKeyValue("java", Runtime.version())
        .addKeyValue("heapMebibytes", Runtime.getRuntime().maxMemory() >> 20)
        .addKeyValue("processors", Runtime.getRuntime().availableProcessors())
        .addKeyValue("tickers", tickers)
        .log("started");
    new Thread(WekaForestTrainer::warmUp, "weka-start").start();
  }

  private void train(TickerStore store, SourceSettings source, Optional<TickerTracking> tracking) {
    Instant started = clock.instant();
    tracking.ifPresent(TickerTracking::begin);
    Optional<String> known = new NothingNew(store, source).version();
    if (known.isPresent()) {
      LOG.atInfo()
          .addKeyValue("ticker", store.ticker())
          .addKeyValue("version", known.get())
          .log("nothing-new");
      out.printf("nothing new for %s since version %s%n", store.ticker(), known.get());
      return;
    }
    Publication publication = publish(store, source);
    out.println(ScoreTable.of(publication.manifest()));
    out.printf("version   %s%n", publication.version());
    out.printf("sha256    %s%n", publication.manifest().sha256());
    out.printf("verdict   %s%n", publication.verdict());
    tracking.ifPresent(
        server -> server.record(publication.version(), publication.manifest(), started));
  }

  private static Publication publish(TickerStore store, SourceSettings source) {
    try (Progress progress = Progress.onTerminal()) {
      return new TrainingRun(store, source, progress).execute();
    }
  }
}
