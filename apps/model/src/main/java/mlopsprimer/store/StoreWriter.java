package mlopsprimer.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import mlopsprimer.forest.CorruptModelException;
import mlopsprimer.json.Json;
import mlopsprimer.prices.DataSource;
import mlopsprimer.storage.Storage;
import mlopsprimer.storage.StorageException;

/**
 * Writes the models of one ticker. Several writers of a ticker may write at the same time, in one
 * process or in several, and lose nothing: a writer replaces an object only if nobody has changed
 * it since the writer read it, and otherwise reads it again. If the process is killed at any step,
 * readers find the store as it was before that step; at most an unfinished version is left, which
 * {@link #prune} deletes a day later.
 *
 * <p>Every method throws {@link StorageException} if the storage fails, or if other writers keep
 * changing an object.
 */
public final class StoreWriter {
  private final TickerStore store;
  private final Storage storage;
  private final ObjectKeys keys;

  public StoreWriter(TickerStore store) {
    this.store = store;
    this.storage = store.storage();
    this.keys = store.keys();
  }

  /**
   * Stores a version, unless an intact version with the same model.bin is stored already. A version
   * of an older trainer stays without a model.onnx.
   *
   * @return id of the stored version
   */
  public String store(ModelFiles files, Manifest manifest, List<OutOfFold> outOfFold) {
    return sameBytes(manifest.sha256())
        .orElseGet(() -> new NewVersion(storage, keys).write(files, manifest, outOfFold));
  }

  private Optional<String> sameBytes(String sha256) {
    return store.versions().stream()
        .filter(version -> VersionId.names(version, sha256))
        .filter(this::isIntact)
        .findFirst();
  }

  private boolean isIntact(String version) {
    try {
      ModelVersion stored = store.load(version);
      store.portable(version, stored.manifest());
      store.outOfFold(version);
      return true;
    } catch (CorruptModelException e) {
      return false;
    }
  }

  /**
   * Replaces the manifest of a version that was stored with another verdict a moment ago, because
   * the decision was made again. A version of an earlier run, which had the same bytes, keeps its
   * manifest.
   */
  public void restate(String version, Manifest manifest) {
    StoredJson<Manifest> json = new StoredJson<>(storage, keys.manifest(version), Manifest.class);
    new ObjectUpdate(storage, json.key(), StoredJson.LARGEST)
        .apply(
            stored ->
                stored
                    .map(json::parse)
                    .filter(old -> old.trainedAt().equals(manifest.trainedAt()))
                    .map(old -> Json.document(manifest)));
  }

  /**
   * Makes a version the champion, if the champion pointer has not changed since the caller read it.
   * The version is first read back from the storage and checked.
   *
   * @return the new champion; empty if another writer has changed the pointer, and then nothing is
   *     changed
   * @throws CorruptModelException if the stored version is missing, altered or unreadable
   */
  public Optional<Champion> promote(
      String version, String reason, Instant now, ChampionPointer seen) {
    return new ChampionUpdate(store).promote(version, reason, now, seen);
  }

  /**
   * Makes a version the champion, whichever version is the champion now.
   *
   * @throws CorruptModelException if the stored version is missing, altered or unreadable
   */
  public Champion promote(String version, String reason, Instant now) {
    return new ChampionUpdate(store).promote(version, reason, now);
  }

  /**
   * Stores a row as the newest of its schema, unless a newer row is stored already. Stored rows
   * that cannot be read are replaced, because a training run can compute them again at any time.
   */
  public void offerLatest(LatestFeatures.SourcedRow row) {
    StoredJson<LatestFeatures> json = store.latestJson();
    new ObjectUpdate(storage, json.key(), StoredJson.LARGEST)
        .apply(
            stored -> {
              LatestFeatures old =
                  stored.map(each -> readable(json, each)).orElse(LatestFeatures.NONE);
              LatestFeatures merged = old.with(row);
              return merged.equals(old) ? Optional.empty() : Optional.of(Json.document(merged));
            });
  }

  private static LatestFeatures readable(
      StoredJson<LatestFeatures> json, Storage.StoredObject stored) {
    try {
      return json.parse(stored);
    } catch (UnreadableObjectException e) {
      return LatestFeatures.NONE;
    }
  }

  /**
   * Appends the champion's forecast for the newest feature row to the prediction log. Nothing is
   * appended if there is no champion, or no row of its schema.
   *
   * @throws CorruptModelException if the champion is missing, altered or unreadable
   */
  public void logServed(Instant now) {
    store
        .champion()
        .map(champion -> store.load(champion.version()))
        .flatMap(
            served ->
                readableLatest()
                    .ofSchema(served.model().schemaId())
                    .map(row -> Forecast.of(served, row)))
        .ifPresent(
            forecast -> store.predictions().append(PredictionLog.LoggedForecast.of(forecast, now)));
  }

  private LatestFeatures readableLatest() {
    try {
      return store.latest();
    } catch (UnreadableObjectException e) {
      return LatestFeatures.NONE;
    }
  }

  /**
   * Replaces the scores of the forecasts that came due.
   *
   * @param scores computes them from the prediction log, or returns nothing if there are none. It
   *     is called again if another writer replaced the scores meanwhile.
   */
  public void replaceRealised(Supplier<Optional<RealisedScores>> scores) {
    new ObjectUpdate(storage, keys.realised(), StoredJson.LARGEST)
        .apply(stored -> scores.get().map(Json::document));
  }

  /**
   * Appends each known outcome that the prediction log does not have yet, or has otherwise.
   *
   * @param wentUp whether the session after a given day closed higher; empty if the direction is
   *     not known
   */
  public void appendOutcomes(DataSource dataSource, Function<LocalDate, Optional<Boolean>> wentUp) {
    store.predictions().appendOutcomes(dataSource, wentUp);
  }

  /**
   * Deletes all versions except the {@code keep} newest, the champion, the previous champion, and
   * the versions that were stored after {@code runStarted}, which another run may be about to
   * promote. Versions without a manifest are deleted a day after they were begun.
   *
   * @return ids of the deleted versions
   */
  public List<String> prune(int keep, Instant runStarted, Instant now) {
    return new Pruning(store).prune(keep, runStarted, now);
  }
}
