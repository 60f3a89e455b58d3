package mlopsprimer.trainer.tracking;

import java.util.Optional;
import mlopsprimer.forest.CorruptModelException;
import mlopsprimer.mlflow.ModelRegistry;
import mlopsprimer.mlflow.RegisteredModel;
import mlopsprimer.mlflow.RegisteredModelName;
import mlopsprimer.mlflow.RegisteredVersion;
import mlopsprimer.mlflow.TrainersMark;
import mlopsprimer.store.TickerStore;

/**
 * The alias champion of a ticker's registered model. A tag of the registered model records which
 * version the trainer last gave the alias to. If the alias names another version, a person has
 * moved it. If the alias names that version and the pointer another one, the trainer could not tell
 * MLflow of a new champion.
 *
 * <p>The alias is written before the tag. If the tag is not written any more, the alias names the
 * champion, and the next training writes the tag.
 */
record ChampionAlias(ModelRegistry registry, TickerStore store) {
  RegisteredModelName name() {
    return new RegisteredModelName(store.ticker());
  }

  /**
   * Compares.
   *
   * @param champion id of the version that the pointer names
   */
  AliasFinding compare(RegisteredModel model, String champion) {
    Optional<Integer> alias = model.alias(RegisteredModel.CHAMPION);
    if (alias.isEmpty()) {
      return AliasFinding.of(AliasFinding.State.BEHIND);
    }
    TrainersMark mark = TrainersMark.of(model);
    if (mark.equals(TrainersMark.of(alias.get(), champion))) {
      return AliasFinding.of(AliasFinding.State.SAME);
    }
    if (mark.isOf(alias.get())) {
      return AliasFinding.of(AliasFinding.State.BEHIND);
    }
    Optional<RegisteredVersion> aliased = registry.version(model.name(), alias.get());
    return new AliasFinding(
        aliased.map(version -> stateOf(version, champion)).orElse(AliasFinding.State.UNKNOWN),
        aliased);
  }

  private AliasFinding.State stateOf(RegisteredVersion aliased, String champion) {
    if (!isStored(aliased)) {
      return AliasFinding.State.UNKNOWN;
    }
    return aliased.storedVersion().orElseThrow().equals(champion)
        ? AliasFinding.State.SAME
        : AliasFinding.State.MOVED;
  }

  private boolean isStored(RegisteredVersion aliased) {
    if (aliased.storedVersion().isEmpty() || aliased.sha256().isEmpty()) {
      return false;
    }
    String id = aliased.storedVersion().get();
    try {
      return store.versions().contains(id)
          && store.load(id).manifest().sha256().equals(aliased.sha256().get());
    } catch (CorruptModelException e) {
      return false;
    }
  }

  /** Gives the alias to a version, and records that the trainer did it. */
  void set(int number, String version) {
    registry.setAlias(name(), RegisteredModel.CHAMPION, number);
    mark(TrainersMark.of(number, version));
  }

  /** Records that the alias is where the trainer wants it, unless that is recorded already. */
  void confirm(RegisteredModel model, String version) {
    TrainersMark mark =
        TrainersMark.of(model.alias(RegisteredModel.CHAMPION).orElseThrow(), version);
    if (!mark.equals(TrainersMark.of(model))) {
      mark(mark);
    }
  }

  private void mark(TrainersMark mark) {
    registry.setTag(name(), TrainersMark.TAG, mark.text());
  }
}
