package mlopsprimer.trainer;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
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
import mlopsprimer.store.Champion;
import mlopsprimer.store.LatestFeatures;
import mlopsprimer.store.Manifest;
import mlopsprimer.store.ModelVersion;
import mlopsprimer.store.StoreWriter;
import mlopsprimer.store.TickerStore;
import mlopsprimer.store.UnreadableFileException;
import mlopsprimer.trainer.evaluation.Promotion;
import mlopsprimer.trainer.evaluation.RealisedForecasts;
import mlopsprimer.trainer.evaluation.Report;
import mlopsprimer.trainer.evaluation.Verdict;
import mlopsprimer.trainer.weka.WekaForestTrainer;

/**
 * Compares a model with the champion, stores the model, promotes it and deletes old versions. No
 * other writer of the ticker is open during these steps. A run with {@code --as-of} stores a
 * version and does not change the champion or the newest features, unless the ticker has no
 * champion.
 */
record Publisher(TickerStore store, SettingValues settings, Clock clock) {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  Publication publish(PriceSeries prices, FeatureTable table, Report report) {
    byte[] modelBin = ModelFormat.write(report.model());
    requireServable(modelBin);
    try (StoreWriter writer = StoreWriter.lock(store, PATIENCE)) {
      boolean live = settings.get(TrainerSettings.AS_OF).isEmpty() || !hasChampion();
      String sha256 = Sha256.hex(modelBin);
      Verdict verdict = judge(prices, table.latest(), report, sha256, live);
      Manifest manifest = manifest(prices, table, report, modelBin, verdict);
      String version = writer.store(modelBin, manifest, report.outOfFold());
      if (live) {
        goLive(writer, version, verdict, prices, table);
      }
      writer.prune(settings.get(TrainerSettings.KEEP));
      return new Publication(version, manifest, verdict);
    }
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

  private boolean hasChampion() {
    try {
      return store.champion().isPresent();
    } catch (UnreadableFileException e) {
      return true;
    }
  }

  private Verdict judge(
      PriceSeries prices, FeatureRow latest, Report report, String sha256, boolean live) {
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
      Optional<Champion> pointer = store.champion();
      if (pointer.isEmpty()) {
        return new Verdict(true, "first version");
      }
      champion = pointer.get();
      served = store.load(champion.version());
      incumbent = Promotion.Candidate.of(served.manifest(), store.outOfFold(champion.version()));
    } catch (UnreadableFileException | CorruptModelException e) {
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
      PriceSeries prices, FeatureTable table, Report report, byte[] modelBin, Verdict verdict) {
    return new Manifest(
        settings.get(AppSettings.TICKER),
        clock.instant(),
        Sha256.hex(modelBin),
        modelBin.length,
        ModelFormat.VERSION,
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
        software());
  }

  private static Map<String, String> software() {
    Map<String, String> software = new LinkedHashMap<>();
    software.put("trainer", Version.ofProgram());
    software.put("weka", WekaForestTrainer.wekaVersion());
    software.put("java", System.getProperty("java.vm.version"));
    return software;
  }

  private void goLive(
      StoreWriter writer, String version, Verdict verdict, PriceSeries prices, FeatureTable table) {
    // The outcomes come first, so that their scores are there when a reader sees the new row. The
    // row comes before the champion, because a champion without a row of its schema cannot be
    // served.
    writer.appendOutcomes(prices.source(), outcomes(table));
    RealisedForecasts.score(store.predictions().realised(), settings.get(TrainerSettings.SEED))
        .ifPresent(writer::replaceRealised);
    writer.offerLatest(LatestFeatures.SourcedRow.of(prices, table.latest()));
    if (verdict.promoted()) {
      writer.promote(version, verdict.reason(), clock.instant());
    }
    writer.logServed(clock.instant());
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
