package mlopsprimer.trainer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import mlopsprimer.features.FeatureTable;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.store.ModelStore;
import mlopsprimer.trainer.evaluation.Report;
import mlopsprimer.trainer.evaluation.WalkForward;
import mlopsprimer.trainer.source.PriceChecks;
import mlopsprimer.trainer.source.PriceRequest;
import mlopsprimer.trainer.source.PriceSource;
import mlopsprimer.trainer.source.PriceSources;
import mlopsprimer.trainer.source.SourceSettings;
import mlopsprimer.trainer.source.YahooPriceSource;
import mlopsprimer.trainer.weka.ForestMemory;
import mlopsprimer.trainer.weka.WekaForestTrainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One training run: prices → features → evaluation → forest → version → champion. */
record TrainingRun(TrainSettings settings, Clock clock, Progress progress) {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  Publication execute() {
    new Thread(WekaForestTrainer::warmUp, "weka-start").start();
    PriceSeries prices = fetch();
    FeatureTable table = FeatureTable.of(prices);
    Report report = evaluate(table);
    return publish(prices, table, report);
  }

  private PriceSeries fetch() {
    PriceSeries fetched =
        source()
            .fetch(
                new PriceRequest(
                    settings.ticker(),
                    settings.history(),
                    settings.asOf(),
                    settings.allowStale(),
                    PATIENCE));
    PriceSeries prices =
        settings.asOf().map(fetched::upTo).orElse(fetched).lastOf(settings.history());
    LOG.atInfo()
        .addKeyValue("ticker", prices.ticker())
        .addKeyValue("source", prices.source())
        .addKeyValue("rows", prices.rows().size())
        .addKeyValue("from", prices.firstDay())
        .addKeyValue("to", prices.lastDay())
        .log("prices");
    PriceChecks.requireEnoughRows(prices);
    PriceChecks.requireNoGlitch(prices);
    if (prices.source().equals(YahooPriceSource.YAHOO) && !settings.allowStale()) {
      PriceChecks.requireFresh(prices, expectedDay(prices));
    }
    progress.accept("prices");
    return prices;
  }

  /** Time that the newest row must be close to: now, or the day of {@code --as-of}. */
  private Instant expectedDay(PriceSeries prices) {
    return settings
        .asOf()
        .map(day -> day.atStartOfDay(prices.zone()).toInstant())
        .orElse(clock.instant());
  }

  private PriceSource source() {
    return PriceSources.open(
        settings.sources(), new SourceSettings(settings.yahooBaseUrl(), clock));
  }

  private Report evaluate(FeatureTable table) {
    ForestMemory.ofThisProcess(settings.forest(), settings.threads())
        .requireFits(table, WalkForward.trainingSizes(table));
    return new WalkForward(
            new WekaForestTrainer(settings.forest()),
            settings.threads(),
            settings.forest().seed(),
            progress)
        .evaluate(table);
  }

  private Publication publish(PriceSeries prices, FeatureTable table, Report report) {
    Publication publication =
        new Publisher(new ModelStore(settings.store()).ticker(settings.ticker()), settings, clock)
            .publish(prices, table, report);
    progress.accept("stored");
    LOG.atInfo()
        .addKeyValue("ticker", settings.ticker())
        .addKeyValue("version", publication.version())
        .addKeyValue("sha256", publication.manifest().sha256())
        .addKeyValue("verdict", publication.verdict())
        .log("trained");
    return publication;
  }
}
