package mlopsprimer.api.serving;

import java.util.Optional;
import java.util.stream.Stream;
import mlopsprimer.forest.CorruptModelException;
import mlopsprimer.storage.StorageException;
import mlopsprimer.store.Champion;
import mlopsprimer.store.LatestFeatures;
import mlopsprimer.store.ModelVersion;
import mlopsprimer.store.RealisedScores;
import mlopsprimer.store.TickerStore;
import mlopsprimer.store.UnreadableObjectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the forecast of one ticker from the store. */
public final class ForecastLoader {
  private static final Logger LOG = LoggerFactory.getLogger(ForecastLoader.class);

  private ForecastLoader() {}

  /**
   * The forecast of the champion; empty if the ticker has no champion.
   *
   * @throws CorruptModelException if the champion is damaged, or no feature row has its schema
   * @throws UnreadableObjectException if the pointer or the rows are damaged
   */
  static Optional<ServedForecast> champion(TickerStore store) {
    return store.champion().map(champion -> champion(store, champion));
  }

  /**
   * The forecast of the version that a champion pointer names.
   *
   * @throws CorruptModelException if the version is damaged, or no feature row has its schema
   * @throws UnreadableObjectException if the rows are damaged
   */
  public static ServedForecast champion(TickerStore store, Champion champion) {
    return named(store, champion.version(), champion.sha256(), "the champion pointer");
  }

  /**
   * The forecast of the version that the alias of MLflow names.
   *
   * @param sha256 SHA-256 that model.bin must have, in hex
   * @throws IllegalArgumentException if {@code version} does not have the form of a version's id
   * @throws CorruptModelException if the version is missing, damaged or has another SHA-256, or no
   *     feature row has its schema
   * @throws UnreadableObjectException if the rows are damaged
   */
  public static ServedForecast ofAlias(TickerStore store, String version, String sha256) {
    return named(store, version, sha256, "the alias").chosenBy(ChosenBy.MLFLOW_ALIAS);
  }

  private static ServedForecast named(TickerStore store, String version, String sha256, String by) {
    ModelVersion model = store.load(version);
    if (!model.manifest().sha256().equals(sha256)) {
      throw new CorruptModelException(
          "%s names another model: version=%s sha256=%s expected=%s; roll back or train again"
              .formatted(by, version, model.manifest().sha256(), sha256));
    }
    return forecast(store, model, false);
  }

  /**
   * The forecast of the version that replaces a damaged champion: the previous champion if it is
   * readable, or else the newest readable version. The result is empty if no version is readable.
   */
  static Optional<ServedForecast> substitute(TickerStore store) {
    return Stream.concat(previous(store).stream(), store.versions().stream())
        .map(version -> attempt(store, version))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> previous(TickerStore store) {
    try {
      return store.champion().map(Champion::previous);
    } catch (StorageException e) {
      return Optional.empty();
    }
  }

  private static Optional<ServedForecast> attempt(TickerStore store, String version) {
    try {
      return Optional.of(forecast(store, store.load(version), true));
    } catch (RuntimeException e) { // another version may still be readable
      LOG.atDebug().setCause(e).addKeyValue("version", version).log("substitute-unusable");
      return Optional.empty();
    }
  }

  private static ServedForecast forecast(TickerStore store, ModelVersion model, boolean degraded) {
    LatestFeatures.SourcedRow row =
        store
            .latest()
            .ofSchema(model.model().schemaId())
            .orElseThrow(
                () ->
                    new CorruptModelException(
                        "no feature row for version=%s schema=%s in the newest rows; train again"
                            .formatted(model.id(), model.model().schemaId())));
    return ServedForecast.of(model, row, degraded, realised(store));
  }

  /** Scores of the past, without which a forecast can be served too. */
  private static Optional<RealisedScores> realised(TickerStore store) {
    try {
      return store.realised();
    } catch (StorageException e) {
      LOG.atWarn().setCause(e).addKeyValue("ticker", store.ticker()).log("realised-unreadable");
      return Optional.empty();
    }
  }
}
