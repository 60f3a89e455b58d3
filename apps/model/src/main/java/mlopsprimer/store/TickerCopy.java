package mlopsprimer.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mlopsprimer.forest.CorruptModelException;
import mlopsprimer.json.Json;
import mlopsprimer.storage.Storage.StoredObject;
import mlopsprimer.storage.StorageException;
import mlopsprimer.store.CopyResult.ChampionCopy;

/** Copies the objects of one ticker from one store to another. */
final class TickerCopy {
  /** A source whose champion changes is read again this often. */
  private static final int MOST_ROUNDS = 5;

  private final TickerStore from;
  private final TickerStore to;
  private final boolean overwrite;
  private final List<String> damaged = new ArrayList<>();
  private int copied;
  private int present;

  TickerCopy(TickerStore from, TickerStore to, boolean overwrite) {
    this.from = from;
    this.to = to;
    this.overwrite = overwrite;
  }

  CopyResult run() {
    List<String> known = List.of();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      // The champion is read before the list of versions, which then has it, unless it is pruned.
      Optional<Champion> champion = from.champion();
      known = copyVersions(known);
      copyLatest();
      copyPredictions();
      if (champion.isEmpty()) {
        copyRealised(false);
        return result(ChampionCopy.NONE, Optional.empty());
      }
      if (damaged.contains(champion.get().version())) {
        return result(ChampionCopy.DAMAGED, Optional.of("is damaged in the source"));
      }
      if (known.contains(champion.get().version())) {
        return copyChampion(champion.get());
      }
    }
    throw new StorageException(
        "the champion of the source kept changing while it was copied: path=%s; try again"
            .formatted(from.storage().describe(from.keys().champion())));
  }

  /** Copies the versions that are not among the known ones, and returns all that are there now. */
  private List<String> copyVersions(List<String> known) {
    List<String> there = new ArrayList<>(known);
    Set<String> inDestination = Set.copyOf(to.versions());
    for (String version : from.versions()) {
      if (!there.contains(version)
          && !damaged.contains(version)
          && isThere(version, inDestination)) {
        there.add(version);
      }
    }
    return there;
  }

  private boolean isThere(String version, Set<String> inDestination) {
    if (inDestination.contains(version) && isIntact(version)) {
      present++;
      return true;
    }
    return copyVersion(version);
  }

  private boolean isIntact(String version) {
    try {
      ModelVersion stored = to.load(version);
      to.portable(version, stored.manifest());
      to.outOfFold(version);
      return true;
    } catch (CorruptModelException e) {
      return false;
    }
  }

  /** Copies a version, and returns whether the source had it. */
  private boolean copyVersion(String version) {
    try {
      Manifest manifest = from.load(version).manifest();
      byte[] model = from.modelBin(version, manifest);
      Optional<byte[]> portable = from.portable(version, manifest);
      from.outOfFold(version);
      put(to.keys().model(version), model);
      portable.ifPresent(onnx -> put(to.keys().portable(version), onnx));
      copyObject(from.keys().outOfFold(version), TickerStore.LARGEST_OUT_OF_FOLD);
      copyObject(from.keys().manifest(version), StoredJson.LARGEST);
    } catch (CorruptModelException e) {
      if (from.versions().contains(version)) { // otherwise it was pruned meanwhile
        damaged.add(version);
      }
      return false;
    }
    copied++;
    return true;
  }

  private void copyObject(String key, long most) {
    put(
        key,
        from.storage()
            .read(key, most)
            .orElseThrow(() -> new CorruptModelException("pruned meanwhile: " + key))
            .bytes());
  }

  /** Writes an object of a version. A damaged one is replaced. */
  private void put(String key, byte[] bytes) {
    new ObjectUpdate(to.storage(), key, Long.MAX_VALUE).apply(current -> Optional.of(bytes));
  }

  private void copyLatest() {
    StoreWriter writer = new StoreWriter(to);
    from.latest().rows().values().forEach(writer::offerLatest);
  }

  private void copyPredictions() {
    from.storage()
        .read(from.keys().forecasts(), PredictionLog.LARGEST)
        .map(StoredObject::bytes)
        .ifPresent(to.predictions()::merge);
  }

  private void copyRealised(boolean replace) {
    from.realised()
        .ifPresent(
            scores ->
                new ObjectUpdate(to.storage(), to.keys().realised(), StoredJson.LARGEST)
                    .apply(
                        current ->
                            current.isEmpty() || replace
                                ? Optional.of(Json.document(scores))
                                : Optional.empty()));
  }

  private CopyResult copyChampion(Champion champion) {
    for (int attempt = 0; attempt < ObjectUpdate.ATTEMPTS; attempt++) {
      ChampionPointer seen = to.pointer();
      Optional<Champion> old = seen.readable();
      if (old.isPresent() && old.get().equals(champion)) {
        copyRealised(true);
        return result(ChampionCopy.SAME, Optional.empty());
      }
      if (old.isPresent() && !overwrite && !old.get().since().isBefore(champion.since())) {
        copyRealised(false);
        return result(
            ChampionCopy.KEPT,
            Optional.of(
                "stays at %s since %s in the destination, which is not older than %s since %s of the source; add --overwrite to replace it"
                    .formatted(
                        old.get().version(),
                        old.get().since(),
                        champion.version(),
                        champion.since())));
      }
      if (new ChampionUpdate(to).point(champion, seen)) {
        copyRealised(true);
        return result(ChampionCopy.COPIED, Optional.empty());
      }
    }
    throw new StorageException(
        "other runs kept changing the champion: path=%s attempts=%d; try again when they have ended"
            .formatted(to.storage().describe(to.keys().champion()), ObjectUpdate.ATTEMPTS));
  }

  private CopyResult result(ChampionCopy champion, Optional<String> reason) {
    Optional<String> problem =
        reason
            .map(text -> "the champion of %s %s".formatted(from.ticker(), text))
            .or(
                () ->
                    damaged.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                            "damaged versions of %s were left out: %s; prune them by training with a smaller --keep"
                                .formatted(from.ticker(), String.join(", ", damaged))));
    return new CopyResult(from.ticker(), copied, present, List.copyOf(damaged), champion, problem);
  }
}
