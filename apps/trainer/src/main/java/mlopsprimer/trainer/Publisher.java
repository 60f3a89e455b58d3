package mlopsprimer.trainer;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mlopsprimer.contract.AppSettings;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.contract.SettingsException;
import mlopsprimer.contract.Sha256;
import mlopsprimer.contract.TrainerSettings;
import mlopsprimer.features.FeatureRow;
import mlopsprimer.features.FeatureTable;
import mlopsprimer.forest.CorruptModelException;
import mlopsprimer.forest.ModelFormat;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.storage.StorageException;
import mlopsprimer.store.Champion;
import mlopsprimer.store.ChampionPointer;
import mlopsprimer.store.LatestFeatures;
import mlopsprimer.store.Manifest;
import mlopsprimer.store.ModelFiles;
import mlopsprimer.store.ModelVersion;
import mlopsprimer.store.StoreWriter;
import mlopsprimer.store.TickerStore;
import mlopsprimer.store.UnreadableObjectException;
import mlopsprimer.trainer.evaluation.Promotion;
import mlopsprimer.trainer.evaluation.RealisedForecasts;
import mlopsprimer.trainer.evaluation.Report;
import mlopsprimer.trainer.evaluation.Verdict;
import mlopsprimer.trainer.portable.OnnxModel;
import mlopsprimer.trainer.portable.OnnxOrigin;

/**
 * Compares a model with the champion, stores the model, promotes it and deletes old versions. If
 * another run replaces the champion meanwhile, the model is compared with the new one. A run with
 * {@code --as-of} stores a version and does not change the champion or the newest features, unless
 * the ticker has no champion.
 *
 * @param started time at which the training run started
 */
record Publisher(
    TickerStore store,
    SettingValues settings,
    Map<String, String> software,
    Clock clock,
    Instant started) {
  /** Each decision after the first is made because another run promoted a version meanwhile. */
  private static final int MOST_DECISIONS = 20;

  Publication publish(PriceSeries prices, FeatureTable table, Report report) {
    byte[] modelBin = ModelFormat.write(report.model());
    requireServable(modelBin);
    byte[] modelOnnx = OnnxModel.write(report.model(), origin(table, modelBin));
    StoreWriter writer = new StoreWriter(store);
    Publication publication =
        decide(writer, prices, table, report, ModelFiles.of(modelBin, modelOnnx));
    writer.prune(settings.get(TrainerSettings.KEEP), started, clock.instant());
    return publication;
  }

  private OnnxOrigin origin(FeatureTable table, byte[] modelBin) {
    return new OnnxOrigin(
        store.ticker(), table.schema().names(), Sha256.hex(modelBin), Version.ofProgram());
  }

  private Publication decide(
      StoreWriter writer, PriceSeries prices, FeatureTable table, Report report, ModelFiles files) {
    Instant trainedAt = clock.instant();
    String version = null;
    for (int decision = 0; decision < MOST_DECISIONS; decision++) {
      ChampionPointer pointer = store.pointer();
      boolean live = settings.get(TrainerSettings.AS_OF).isEmpty() || pointer.isAbsent();
      Verdict verdict =
          judge(prices, table.latest(), report, Sha256.hex(files.modelBin()), live, pointer);
      Manifest manifest = manifest(prices, table, report, files, verdict, trainedAt);
      if (version == null) {
        version = writer.store(files, manifest, report.outOfFold());
        if (live) {
          offer(writer, prices, table);
        }
      } else {
        writer.restate(version, manifest);
      }
      if (!verdict.promoted()
          || writer.promote(version, verdict.reason(), clock.instant(), pointer).isPresent()) {
        if (live) {
          writer.logServed(clock.instant());
        }
        return new Publication(version, manifest, verdict);
      }
    }
    throw new StorageException(
        "other runs kept replacing the champion of %s: decisions=%d; train again when they have ended"
            .formatted(store.ticker(), MOST_DECISIONS));
  }

  private static void requireServable(byte[] modelBin) {
    if (modelBin.length > TickerStore.LARGEST_MODEL) {
      throw new SettingsException(
          List.of(
              "the model has %s bytes, but the API reads at most %s; use fewer --trees, a smaller --max-depth or a"
                      .formatted(modelBin.length, TickerStore.LARGEST_MODEL)
                  + " larger --min-leaf"));
    }
  }

  private boolean hasRealVersion() {
    return store.versions().stream().anyMatch(this::isReal);
  }

  private boolean isReal(String version) {
    try {
      return !store.manifest(version).dataSource().isSynthetic();
    } catch (CorruptModelException e) {
      return false;
    }
  }

  private Verdict judge(
      PriceSeries prices,
      FeatureRow latest,
      Report report,
      String sha256,
      boolean live,
      ChampionPointer pointer) {
    double tomorrow = report.model().probabilityUp(latest);
    if (!(tomorrow > 0 && tomorrow < 1)) {
      return new Verdict(false, "sanity check: the probability of UP is " + tomorrow);
    }
    if (!live) {
      return new Verdict(
          false, "trained as of " + settings.get(TrainerSettings.AS_OF).orElseThrow());
    }
    Champion champion;
    ModelVersion served;
    Promotion.Candidate incumbent;
    try {
      if (pointer.isAbsent()) {
        return new Verdict(true, "first version");
      }
      champion = pointer.champion().orElseThrow();
      served = store.load(champion.version());
      incumbent = Promotion.Candidate.of(served.manifest(), store.outOfFold(champion.version()));
    } catch (UnreadableObjectException | CorruptModelException e) {
      return prices.source().isSynthetic() && hasRealVersion()
          ? new Verdict(
              false, "trained on synthetic prices, and the store has models of real prices")
          : new Verdict(true, "the champion cannot be read: " + e.getMessage());
    }
    if (champion.sha256().equals(sha256)) {
      return new Verdict(false, "the champion is the same model");
    }
    return Promotion.judge(
        new Promotion.Candidate(prices.source(), prices.lastDay(), report.outOfFold()),
        incumbent,
        settings.get(TrainerSettings.SEED));
  }

  private Manifest manifest(
      PriceSeries prices,
      FeatureTable table,
      Report report,
      ModelFiles files,
      Verdict verdict,
      Instant trainedAt) {
    return new Manifest(
        settings.get(AppSettings.TICKER),
        trainedAt,
        Sha256.hex(files.modelBin()),
        files.modelBin().length,
        ModelFormat.VERSION,
        files.modelOnnx().map(Manifest.PortableModel::of).orElse(null),
        new Manifest.FeatureColumns(table.schema().id(), table.schema().names()),
        prices.source(),
        new Manifest.TrainingData(
            prices.firstDay(),
            prices.lastDay(),
            prices.rows().size(),
            prices.sha256(),
            prices.zone().getId()),
        prices.notes().facts(),
        prices.calendar().label(),
        report.model().calibration().isBaseRate(),
        report.model().calibration().slope(),
        report.model().calibration().intercept(),
        report.evaluation(),
        verdict.toString(),
        TrainerSettings.OF_MODEL.select(settings).texts(),
        software);
  }

  /**
   * Stores what a reader needs of the prices. The outcomes come first, so that their scores are
   * there when a reader sees the new row. The row comes before the champion, because a champion
   * without a row of its schema cannot be served.
   */
  private void offer(StoreWriter writer, PriceSeries prices, FeatureTable table) {
    writer.appendOutcomes(prices.source(), outcomes(table));
    writer.replaceRealised(
        () ->
            RealisedForecasts.score(
                store.predictions().realised(), settings.get(TrainerSettings.SEED)));
    writer.offerLatest(LatestFeatures.SourcedRow.of(prices, table.latest()));
  }

  /**
   * Returns a function from a day to whether the next session closed higher; the function returns
   * empty for a day without a label.
   */
  private static Function<LocalDate, Optional<Boolean>> outcomes(FeatureTable table) {
    Map<LocalDate, Boolean> up =
        IntStream.range(0, table.labelled())
            .boxed()
            .collect(Collectors.toMap(table::day, table::up));
    return day -> Optional.ofNullable(up.get(day));
  }
}
