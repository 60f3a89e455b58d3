package mlopsprimer.trainer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import mlopsprimer.features.FeatureTable;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.store.ModelStore;
import mlopsprimer.trainer.evaluation.Report;
import mlopsprimer.trainer.evaluation.WalkForward;
import mlopsprimer.trainer.source.FallbackPriceSource;
import mlopsprimer.trainer.source.PriceChecks;
import mlopsprimer.trainer.source.PriceRequest;
import mlopsprimer.trainer.source.PriceSource;
import mlopsprimer.trainer.source.SourceSpec;
import mlopsprimer.trainer.weka.WekaForestTrainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One training: prices → features → evaluation → forest → version → champion. */
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
    LOG.info(
        "event=prices ticker={} source={} rows={} from={} to={}",
        prices.ticker(),
        prices.source(),
        prices.rows().size(),
        prices.firstDay(),
        prices.lastDay());
    PriceChecks.requireEnoughRows(prices);
    PriceChecks.requireNoGlitch(prices);
    if (prices.source().equals("yahoo") && !settings.allowStale()) {
      PriceChecks.requireFresh(prices, wantedDay(prices));
    }
    progress.accept("prices");
    return prices;
  }

  /** The time that the newest row should be near: now, or the evening of the day asked for. */
  private Instant wantedDay(PriceSeries prices) {
    return settings
        .asOf()
        .map(day -> day.atStartOfDay(prices.zone()).toInstant())
        .orElse(clock.instant());
  }

  private PriceSource source() {
    List<PriceSource> sources = settings.sources().stream().map(this::open).toList();
    return sources.size() == 1 ? sources.get(0) : new FallbackPriceSource(sources);
  }

  private PriceSource open(SourceSpec spec) {
    return spec.open(settings.yahooBaseUrl(), clock);
  }

  private Report evaluate(FeatureTable table) {
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
    LOG.info(
        "event=trained ticker={} version={} sha256={} verdict=\"{}\"",
        settings.ticker(),
        publication.version(),
        publication.manifest().sha256(),
        publication.verdict());
    return publication;
  }
}
