package mlopsprimer.trainer;

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
import mlopsprimer.store.TickerStore;
import mlopsprimer.trainer.evaluation.Report;
import mlopsprimer.trainer.evaluation.WalkForward;
import mlopsprimer.trainer.source.PriceChecks;
import mlopsprimer.trainer.source.PriceRequest;
import mlopsprimer.trainer.source.PriceReview;
import mlopsprimer.trainer.source.PriceSources;
import mlopsprimer.trainer.source.SourceSettings;
import mlopsprimer.trainer.source.YahooPriceSource;
import mlopsprimer.trainer.weka.ForestMemory;
import mlopsprimer.trainer.weka.ForestSettings;
import mlopsprimer.trainer.weka.WekaForestTrainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One training run: prices → features → evaluation → forest → version → champion. */
record TrainingRun(TickerStore store, SourceSettings source, Progress progress) {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  Publication execute() {
    Instant started = source.clock().instant();
    PriceSeries fetched = fetch();
    FeatureTable table = FeatureTable.of(fetched);
    PriceSeries prices = TableReview.of(fetched, table);
    Report report = evaluate(table);
    return publish(prices, table, report, started);
  }

  private SettingValues settings() {
    return source.settings();
  }

  private PriceSeries fetch() {
    SettingValues settings = settings();
    Period history = settings.get(TrainerSettings.HISTORY).period();
    Optional<LocalDate> asOf = settings.get(TrainerSettings.AS_OF);
    PriceSeries fetched =
        PriceSources.open(settings.get(TrainerSettings.SOURCE), source)
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
    warnIfHolidaysAreUnknown(prices);
    PriceSeries reviewed = PriceReview.of(prices, settings.get(TrainerSettings.ACCEPT_MOVE));
    reviewAge(prices);
    progress.accept("prices");
    return reviewed;
  }

  /**
   * Refuses stale prices of Yahoo. The API says of the forecast of older prices that it is stale.
   */
  private void reviewAge(PriceSeries prices) {
    Instant expected = expectedDay(prices);
    if (prices.source().equals(YahooPriceSource.YAHOO)
        && !settings().get(TrainerSettings.ALLOW_STALE)) {
      PriceChecks.requireFresh(prices, expected);
    } else if (!PriceChecks.isFresh(prices, expected)) {
      LOG.atWarn()
          .addKeyValue("ticker", prices.ticker())
          .addKeyValue("source", prices.source())
          .addKeyValue("newest", prices.lastDay())
          .addKeyValue("advice", "the session that is forecast is over; use newer prices")
          .log("stale-prices");
    }
  }

  private static void warnIfHolidaysAreUnknown(PriceSeries prices) {
    LocalDate forDate = prices.calendar().nextSession(prices.lastDay());
    if (!prices.calendar().knows(forDate)) {
      LOG.atWarn()
          .addKeyValue("exchange", prices.calendar().exchange())
          .addKeyValue(
              "lastKnown",
              prices.calendar().exchange().lastKnown().map(LocalDate::toString).orElse("none"))
          .addKeyValue("forDate", forDate)
          .addKeyValue("advice", "every weekday counts as a session; update the table of exchanges")
          .log("holidays-unknown");
    }
  }

  /** Time that the age of the newest row is measured from: now, or the day of {@code --as-of}. */
  private Instant expectedDay(PriceSeries prices) {
    return settings()
        .get(TrainerSettings.AS_OF)
        .map(day -> day.atStartOfDay(prices.zone()).toInstant())
        .orElse(source.clock().instant());
  }

  private Report evaluate(FeatureTable table) {
    ForestSettings forest = ForestSettings.of(settings());
    int threads = settings().get(TrainerSettings.THREADS);
    ForestMemory.ofThisProcess(forest, threads)
        .requireFits(table, WalkForward.trainingSizes(table));
    return new WalkForward(new WekaForestTrainer(forest), threads, forest.seed(), progress)
        .evaluate(table);
  }

  private Publication publish(
      PriceSeries prices, FeatureTable table, Report report, Instant started) {
    Publication publication =
        new Publisher(store, settings(), Software.of(source.environment()), source.clock(), started)
            .publish(prices, table, report);
    progress.accept("stored");
    LOG.atInfo()
        .addKeyValue("ticker", settings().get(AppSettings.TICKER))
        .addKeyValue("version", publication.version())
        .addKeyValue("sha256", publication.manifest().sha256())
        .addKeyValue("verdict", publication.verdict())
        .log("trained");
    return publication;
  }
}
