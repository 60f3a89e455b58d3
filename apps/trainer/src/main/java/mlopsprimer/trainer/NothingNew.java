package mlopsprimer.trainer;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import mlopsprimer.contract.Exchange;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.contract.SourceSpec;
import mlopsprimer.contract.TrainerSettings;
import mlopsprimer.forest.CorruptModelException;
import mlopsprimer.prices.TradingCalendar;
import mlopsprimer.store.Champion;
import mlopsprimer.store.LatestFeatures;
import mlopsprimer.store.Manifest;
import mlopsprimer.store.ModelVersion;
import mlopsprimer.store.TickerStore;
import mlopsprimer.store.UnreadableObjectException;
import mlopsprimer.trainer.evaluation.Verdict;
import mlopsprimer.trainer.source.SourceSettings;

/**
 * Finds out, before prices are fetched, that a training would change nothing: the store has a
 * version of the same settings, source and trainer, no session of its market has closed since, and
 * the training that stored the version ended. After a rollback, that version need not be the
 * champion.
 *
 * <p>A training outside a pod is always done, because there the version of the trainer does not
 * tell two builds apart. So is a training on a file, which may have changed.
 */
record NothingNew(TickerStore store, SourceSettings source) {

  /** The id of the version that makes the training superfluous; empty if it is needed. */
  Optional<String> version() {
    SettingValues settings = source.settings();
    boolean known =
        Software.image(source.environment()).isPresent()
            && settings.get(TrainerSettings.AS_OF).isEmpty()
            && !firstSource().kind().needsFile();
    if (!known) {
      return Optional.empty();
    }
    return servedChampion()
        .flatMap(
            champion ->
                store.versions().stream()
                    .filter(version -> isOfThisTraining(version, champion))
                    .findFirst());
  }

  private SourceSpec firstSource() {
    return source.settings().get(TrainerSettings.SOURCE).get(0);
  }

  /**
   * The champion; empty if a training would repair something: the champion is missing or damaged,
   * has no feature row, or its forecast for that row is not in the log.
   */
  private Optional<Champion> servedChampion() {
    try {
      return store.champion().filter(this::isIntact);
    } catch (UnreadableObjectException | CorruptModelException e) {
      return Optional.empty();
    }
  }

  private boolean isIntact(Champion champion) {
    String version = champion.version();
    ModelVersion served = store.load(version);
    store.outOfFold(version);
    return champion.sha256().equals(served.manifest().sha256())
        && store
            .latest()
            .ofSchema(served.model().schemaId())
            .filter(row -> store.predictions().hasForecast(version, row.row().asOf()))
            .isPresent();
  }

  private boolean isOfThisTraining(String version, Champion champion) {
    try {
      Manifest manifest = store.manifest(version);
      return TrainerSettings.OF_MODEL.select(source.settings()).texts().equals(manifest.settings())
          && Software.of(source.environment()).equals(manifest.software())
          && manifest.dataSource().name().equals(firstSource().kind().label())
          && isOfTheExchange(manifest)
          && isOfTheNewestSession(manifest)
          && !waitsForPromotion(manifest, champion);
    } catch (UnreadableObjectException | CorruptModelException e) {
      return false;
    }
  }

  /**
   * Whether the training was to promote the version, and ended before it did. A champion that is
   * newer than the training comes from a later training or a rollback.
   */
  private static boolean waitsForPromotion(Manifest manifest, Champion champion) {
    return Verdict.isPromotion(manifest.verdict())
        && champion.since().isBefore(manifest.trainedAt());
  }

  private boolean isOfTheExchange(Manifest manifest) {
    Optional<Exchange> wanted = source.settings().get(TrainerSettings.EXCHANGE);
    return wanted.map(TradingCalendar.ofLabel(manifest.calendar()).exchange()::equals).orElse(true);
  }

  /**
   * Whether the version and the newest feature row are of the newest session that has closed. The
   * row is missing if the training that stored the version ended before it was done.
   */
  private boolean isOfTheNewestSession(Manifest manifest) {
    LocalDate last = manifest.data().lastDay();
    TradingCalendar calendar = TradingCalendar.ofLabel(manifest.calendar());
    ZoneId zone = ZoneId.of(manifest.data().zone());
    boolean closed =
        !calendar.closeOf(calendar.nextSession(last), zone).isAfter(source.clock().instant());
    return !closed
        && store
            .latest()
            .ofSchema(manifest.features().schemaId())
            .filter(row -> row.row().asOf().equals(last) && isOfTheSource(row, manifest))
            .isPresent();
  }

  /** Whether a training from the source of the version would leave the row as it is. */
  private static boolean isOfTheSource(LatestFeatures.SourcedRow row, Manifest manifest) {
    return row.dataSource().equals(manifest.dataSource())
        || (manifest.dataSource().isSynthetic() && !row.dataSource().isSynthetic());
  }
}
