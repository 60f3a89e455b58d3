package mlopsprimer.trainer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Optional;
import mlopsprimer.contract.AppSettings;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.contract.TrainerSettings;
import mlopsprimer.features.FeatureTable;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.trainer.evaluation.Report;
import mlopsprimer.trainer.evaluation.WalkForward;
import mlopsprimer.trainer.source.PriceChecks;
import mlopsprimer.trainer.source.PriceRequest;
import mlopsprimer.trainer.source.PriceSource;
import mlopsprimer.trainer.source.PriceSources;
import mlopsprimer.trainer.source.SourceSettings;
import mlopsprimer.trainer.source.YahooPriceSource;
import mlopsprimer.trainer.weka.ForestMemory;
import mlopsprimer.trainer.weka.ForestSettings;
import mlopsprimer.trainer.weka.WekaForestTrainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One training run: prices → features → evaluation → forest → version → champion. */
record TrainingRun(SettingValues settings, Clock clock, Progress progress) {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  Publication execute() {
    LOG.atInfo()
        .addKeyValue("version", Version.ofProgram())
        .addKeyValue("java", Runtime.version())
        .addKeyValue("heapMebibytes", Runtime.getRuntime().maxMemory() >> 20)
        .addKeyValue("processors", Runtime.getRuntime().availableProcessors())
        .log("started");
    new Thread(WekaForestTrainer::warmUp, "weka-start").start();
    PriceSeries prices = fetch();
    FeatureTable table = FeatureTable.of(prices);
    Report report = evaluate(table);
    return publish(prices, table, report);
  }

  private PriceSeries fetch() {
    Period history = settings.get(TrainerSettings.HISTORY).period();
    Optional<LocalDate> asOf = settings.get(TrainerSettings.AS_OF);
    PriceSeries fetched =
        source()
            .fetch(
                new PriceRequest(
                    settings.get(AppSettings.TICKER),
                    history,
                    asOf,
                    settings.get(TrainerSettings.ALLOW_STALE),
                    PATIENCE));
    PriceSeries prices = asOf.map(fetched::upTo).orElse(fetched).lastOf(history);
    LOG.atInfo()
        .addKeyValue("ticker", prices.ticker())
        .addKeyValue("source", prices.source())
        .addKeyValue("rows", prices.rows().size())
        .addKeyValue("from", prices.firstDay())
        .addKeyValue("to", prices.lastDay())
        .log("prices");
    PriceChecks.requireEnoughRows(prices);
    PriceChecks.requireNoGlitch(prices);
    if (prices.source().equals(YahooPriceSource.YAHOO)
        && !settings.get(TrainerSettings.ALLOW_STALE)) {
      PriceChecks.requireFresh(prices, expectedDay(prices));
    }
    progress.accept("prices");
    return prices;
  }

  /** Time that the newest row must be close to: now, or the day of {@code --as-of}. */
  private Instant expectedDay(PriceSeries prices) {
    return settings
        .get(TrainerSettings.AS_OF)
        .map(day -> day.atStartOfDay(prices.zone()).toInstant())
        .orElse(clock.instant());
  }

  private PriceSource source() {
    return PriceSources.open(
        settings.get(TrainerSettings.SOURCE), new SourceSettings(settings, clock));
  }

  private Report evaluate(FeatureTable table) {
    ForestSettings forest = ForestSettings.of(settings);
    int threads = settings.get(TrainerSettings.THREADS);
    ForestMemory.ofThisProcess(forest, threads)
        .requireFits(table, WalkForward.trainingSizes(table));
    return new WalkForward(new WekaForestTrainer(forest), threads, forest.seed(), progress)
        .evaluate(table);
  }

  private Publication publish(PriceSeries prices, FeatureTable table, Report report) {
    Publication publication =
        new Publisher(Stores.open(settings), settings, clock).publish(prices, table, report);
    progress.accept("stored");
    LOG.atInfo()
        .addKeyValue("ticker", settings.get(AppSettings.TICKER))
        .addKeyValue("version", publication.version())
        .addKeyValue("sha256", publication.manifest().sha256())
        .addKeyValue("verdict", publication.verdict())
        .log("trained");
    return publication;
  }
}
