package mlopsprimer.trainer.tracking;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.mlflow.ModelRegistry;
import mlopsprimer.mlflow.RegisteredModel;
import mlopsprimer.mlflow.RegisteredModelName;
import mlopsprimer.mlflow.RegisteredVersion;
import mlopsprimer.mlflow.Run;
import mlopsprimer.store.Champion;
import mlopsprimer.store.ChampionPointer;
import mlopsprimer.store.Manifest;
import mlopsprimer.store.StoreWriter;
import mlopsprimer.store.TickerStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One ticker's runs, registered model and aliases. */
final class MlflowTicker implements TickerTracking {
  private static final Logger LOG = LoggerFactory.getLogger(MlflowTicker.class);
  private static final String LATER =
      "the next training registers the champion and sets the alias; other runs are not made up for";

  private final TickerStore store;
  private final RunRecorder recorder;
  private final ModelRegistry registry;
  private final Attempts attempts;
  private final Clock clock;
  private final ChampionAlias alias;
  private final RegisteredModelName name;

  MlflowTicker(
      TickerStore store,
      RunRecorder recorder,
      ModelRegistry registry,
      Attempts attempts,
      Clock clock) {
    this.store = store;
    this.recorder = recorder;
    this.registry = registry;
    this.attempts = attempts;
    this.clock = clock;
    this.alias = new ChampionAlias(registry, store);
    this.name = alias.name();
  }

  @Override
  public void begin() {
    if (store.pointer().isAbsent()) {
      return; // the training promotes the first version
    }
    attempts.attempt(
        "comparison of the alias champion with the champion pointer",
        "the end of this training compares them again",
        () -> bringTogether(Optional.empty()));
  }

  @Override
  public void record(String version, Manifest manifest, Instant started) {
    attempts.attempt(
        "run, model version or alias of version " + version,
        LATER,
        () -> {
          TrackedVersion tracked = TrackedVersion.read(store, version).withManifest(manifest);
          int number = registered(tracked, recorder.record(tracked, started, clock.instant()));
          bringTogether(Optional.of(started));
          challenge(version, number);
        });
  }

  /**
   * Sets the alias or the pointer, whichever is behind. An alias that names what the store does not
   * have stays, unless the trainer has just promoted a version.
   *
   * @param started time at which the training started; empty before a training
   */
  private void bringTogether(Optional<Instant> started) {
    ChampionPointer pointer = store.pointer();
    Optional<Champion> champion = pointer.champion();
    if (champion.isEmpty()) {
      return; // the training promotes the first version
    }
    String version = champion.get().version();
    boolean isNew = started.filter(start -> !champion.get().since().isBefore(start)).isPresent();
    Optional<RegisteredModel> model = registry.model(name);
    AliasFinding finding =
        model
            .map(found -> alias.compare(found, version))
            .orElse(AliasFinding.of(AliasFinding.State.BEHIND));
    switch (finding.state()) {
      case SAME -> alias.confirm(model.orElseThrow(), version);
      case BEHIND -> pointAt(version);
      case MOVED -> adopt(finding.aliased().orElseThrow(), pointer);
      case UNKNOWN -> {
        if (isNew) {
          pointAt(version);
        } else {
          warnOfUnknown(model.orElseThrow());
        }
      }
    }
  }

  private void pointAt(String version) {
    int number =
        registry
            .versionOf(name, version)
            .map(RegisteredVersion::number)
            .orElseGet(() -> makeUpFor(version));
    alias.set(number, version);
    dropChallenger(number);
  }

  /** Records and registers a version that MLflow was not told of when it was trained. */
  private int makeUpFor(String version) {
    TrackedVersion tracked = TrackedVersion.read(store, version);
    Instant trained = tracked.manifest().trainedAt();
    return registered(tracked, recorder.record(tracked, trained, trained));
  }

  private int registered(TrackedVersion tracked, Run run) {
    Optional<RegisteredVersion> known = registry.versionOf(name, tracked.id());
    if (known.isPresent()) {
      return known.get().number();
    }
    RunContent content = new RunContent(tracked);
    registry.createModel(
        name,
        "Direction of the next session of %s, by mlops-primer.".formatted(store.ticker()),
        Map.of("mlops-primer.ticker", store.ticker().symbol()));
    return registry
        .createVersion(
            name,
            run.artifacts() + "/" + RunRecorder.MODEL,
            run.id(),
            content.description(),
            content.versionTags())
        .number();
  }

  /** Writes a person's decision into the pointer, if nobody has changed the pointer meanwhile. */
  private void adopt(RegisteredVersion aliased, ChampionPointer pointer) {
    String version = aliased.storedVersion().orElseThrow();
    String reason =
        "the alias champion of %s was moved to version %d in MLflow"
            .formatted(name, aliased.number());
    StoreWriter writer = new StoreWriter(store);
    if (writer.promote(version, reason, clock.instant(), pointer).isPresent()) {
      writer.logServed(clock.instant());
      LOG.atInfo()
          .addKeyValue("ticker", store.ticker())
          .addKeyValue("champion", version)
          .addKeyValue("reason", reason)
          .log("alias-adopted");
      alias.set(aliased.number(), version);
      dropChallenger(aliased.number());
    }
  }

  private void warnOfUnknown(RegisteredModel model) {
    LOG.atWarn()
        .addKeyValue("ticker", store.ticker())
        .addKeyValue("model", name)
        .addKeyValue("number", model.alias(RegisteredModel.CHAMPION).orElseThrow())
        .addKeyValue("advice", "set the alias champion to a version that the store has")
        .log("alias-unknown");
  }

  /** Gives the alias challenger to a version that is not the champion. */
  private void challenge(String version, int number) {
    boolean isChampion =
        store.champion().filter(champion -> champion.version().equals(version)).isPresent();
    if (!isChampion) {
      registry.setAlias(name, RegisteredModel.CHALLENGER, number);
    }
  }

  /** A version that has become the champion is no challenger. */
  private void dropChallenger(int number) {
    boolean isChallenger =
        registry
            .model(name)
            .flatMap(model -> model.alias(RegisteredModel.CHALLENGER))
            .filter(challenger -> challenger == number)
            .isPresent();
    if (isChallenger) {
      registry.deleteAlias(name, RegisteredModel.CHALLENGER);
    }
  }

  @Override
  public String follow() {
    String version = store.champion().orElseThrow().version();
    return attempts
        .attempt("alias of version " + version, LATER, () -> pointAt(version))
        .map(
            cause ->
                "MLflow was not told: %s; the next training with --mlflow moves the alias"
                    .formatted(cause))
        .orElse("alias champion of %s moved to it".formatted(name));
  }

  @Override
  public List<String> describe() {
    return new AliasDescription(registry, alias, store).lines(attempts);
  }
}
