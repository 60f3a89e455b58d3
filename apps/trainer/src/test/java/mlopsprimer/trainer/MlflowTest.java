package mlopsprimer.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.Map;
import mlopsprimer.contract.Ticker;
import mlopsprimer.features.FeatureRow;
import mlopsprimer.json.Json;
import mlopsprimer.mlflow.MlflowServer;
import mlopsprimer.mlflow.ModelRegistry;
import mlopsprimer.mlflow.RegisteredModel;
import mlopsprimer.mlflow.RegisteredModelName;
import mlopsprimer.store.Manifest;
import mlopsprimer.store.ModelVersion;
import mlopsprimer.store.TickerStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings that a real MLflow server records, seen through MLflow's own Python client. */
class MlflowTest {
  @RegisterExtension static final MlflowServer SERVER = new MlflowServer();

  @TempDir Path directory;
  private Trainer trainer;

  @BeforeEach
  void openStore() {
    trainer =
        new Trainer(
            directory.resolve("models"), Map.of("MLFLOW_TRACKING_URI", SERVER.uri().toString()));
  }

  @Test
  void threeTrainingsAreThreeRunsAndThreeModelVersions() {
    for (int seed = 1; seed <= 3; seed++) {
      assertThat(trainer.train("SPY", seed)).as(trainer.printed()).isZero();
    }

    JsonObject seen =
        json(
            """
            experiment = client.get_experiment_by_name("mlops-primer/SPY")
            runs = client.search_runs([experiment.experiment_id], order_by=["attributes.start_time"])
            run = runs[0]
            name = "mlops-primer-SPY"
            versions = sorted(client.search_model_versions(f"name='{name}'"), key=lambda v: int(v.version))
            files = lambda path: [f for i in client.list_artifacts(run.info.run_id, path)
                                  for f in (files(i.path) if i.is_dir else [i.path])]
            print(json.dumps({
                "runs": len(runs), "status": run.info.status, "name": run.info.run_name,
                "params": run.data.params, "metrics": run.data.metrics, "tags": run.data.tags,
                "folds": [[m.step, m.value] for m in client.get_metric_history(run.info.run_id, "folds/model.brier")],
                "files": sorted(files(None)),
                "kind": experiment.tags["mlflow.experimentKind"],
                "took": run.info.end_time - run.info.start_time,
                "svg": mlflow.artifacts.load_text(run.info.artifact_uri + "/reliability.svg"),
                "card": mlflow.artifacts.load_text(run.info.artifact_uri + "/model-card.md"),
                "versions": [[v.version, v.tags["mlops-primer.version"], v.source, v.run_id] for v in versions],
                "sources": [r.info.artifact_uri + "/model" for r in runs],
                "aliases": {a: str(v) for a, v in client.get_registered_model(name).aliases.items()}}))
            """);
    var first = seen.getAsJsonArray("versions").get(0).getAsJsonArray();
    String version = first.get(1).getAsString();
    Manifest manifest = trainer.store("SPY").manifest(version);

    assertThat(seen.get("runs").getAsInt()).isEqualTo(3);
    assertThat(seen.get("status").getAsString()).isEqualTo("FINISHED");
    assertThat(seen.get("name").getAsString()).isEqualTo(version);
    assertThat(seen.get("kind").getAsString()).isEqualTo("custom_model_development");
    JsonObject params = seen.getAsJsonObject("params");
    assertThat(params.get("trees").getAsString()).isEqualTo("5");
    assertThat(params.get("features").getAsString())
        .isEqualTo(String.join(",", manifest.features().names()));
    JsonObject metrics = seen.getAsJsonObject("metrics");
    for (String forecaster : new String[] {"model", "baseRate", "persistence"}) {
      var brier = manifest.evaluation().scores().get(forecaster).get("brier");
      assertThat(metrics.get(forecaster + "/brier").getAsDouble()).isEqualTo(brier.value());
      assertThat(metrics.get(forecaster + "/brier.low").getAsDouble()).isEqualTo(brier.low());
      assertThat(metrics.get(forecaster + "/brier.high").getAsDouble()).isEqualTo(brier.high());
    }
    assertThat(seen.getAsJsonArray("folds")).hasSize(5);
    double mean = 0;
    for (var fold : seen.getAsJsonArray("folds")) {
      mean += fold.getAsJsonArray().get(1).getAsDouble() / 5;
    }
    assertThat(mean)
        .isCloseTo(manifest.evaluation().scores().get("model").get("brier").value(), within(1e-9));
    JsonObject tags = seen.getAsJsonObject("tags");
    assertThat(tags.get("mlops-primer.data-sha256").getAsString())
        .isEqualTo(manifest.data().sha256());
    assertThat(tags.get("mlops-primer.calendar").getAsString()).isEqualTo("XNYS");
    assertThat(tags.get("mlops-primer.verdict").getAsString()).isEqualTo(manifest.verdict());
    assertThat(seen.getAsJsonArray("files").toString())
        .contains("manifest.json", "model-card.md", "out-of-fold.csv", "reliability.svg")
        .contains("model/model.onnx");
    assertThat(seen.get("svg").getAsString()).startsWith("<svg").contains("<circle");
    assertThat(seen.get("card").getAsString()).startsWith("# Model card: SPY, version " + version);
    assertThat(seen.getAsJsonArray("versions")).hasSize(3);
    assertThat(first.get(2)).isEqualTo(seen.getAsJsonArray("sources").get(0));
    assertThat(aliased("SPY", "champion")).isEqualTo(trainer.champion("SPY"));
    assertThat(trainer.champion("SPY")).isEqualTo(version); // the other two are worse
    assertThat(aliased("SPY", "challenger")).isEqualTo(newest("SPY"));
    assertThat(trainer.run("status")).isZero();
    assertThat(trainer.printed())
        .contains("the alias champion names the champion of the store")
        .doesNotContain("mlflow    MLflow");
  }

  @Test
  void theModelThatThePythonFunctionLoadsGivesTheProbabilityOfTheStore() {
    trainer.train("GLD", 1);
    TickerStore store = trainer.store("GLD");
    ModelVersion champion = store.load(trainer.champion("GLD"));
    FeatureRow row = store.latest().ofSchema(champion.model().schemaId()).orElseThrow().row();

    String loaded =
        SERVER.python(
            """
            import pandas
            model = mlflow.pyfunc.load_model("models:/mlops-primer-GLD@champion")
            frame = pandas.DataFrame([%s], columns=%s)
            print(repr(float(model.predict(frame)["probability_up"].iloc[0])))
            """
                .formatted(row.values(), Json.line(champion.manifest().features().names())));

    assertThat(Double.parseDouble(loaded))
        .isCloseTo(champion.model().probabilityUp(row), within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"^GSPC", "BRK-B", "EURUSD=X", "BTC-USD", "VOD.L"})
  void anyTickerHasItsExperimentAndItsModel(String ticker) {
    assertThat(trainer.train(ticker, 1)).as(trainer.printed()).isZero();

    assertThat(aliased(ticker, "champion")).isEqualTo(trainer.champion(ticker));
  }

  @Test
  void anAliasThatAPersonMovesBecomesThePointerAtTheNextTraining() {
    trainer.train("DIA", 1);
    String first = trainer.champion("DIA");
    trainer.train("DIA", 2);
    String second = newest("DIA");
    setAlias("DIA", trainer.champion("DIA").equals(first) ? second : first);
    String wanted = aliased("DIA", "champion");
    assertThat(trainer.run("status", "--ticker", "DIA")).isZero();
    assertThat(trainer.printed()).contains("the alias champion was moved to " + wanted);

    trainer.train("DIA", 1); // the same bytes as the first, so that nothing else is promoted

    assertThat(trainer.champion("DIA")).isEqualTo(wanted);
    assertThat(trainer.store("DIA").champion().orElseThrow().reason())
        .startsWith("the alias champion of mlops-primer-DIA was moved to version ");
    assertThat(aliased("DIA", "champion")).isEqualTo(wanted);
  }

  @Test
  void aRollbackMovesTheAliasToo() {
    trainer.train("QQQ", 1);
    trainer.train("QQQ", 2);
    int seed = trainer.champion("QQQ").equals(newest("QQQ")) ? 1 : 2;
    String other = trainer.store("QQQ").versions().get(2 - seed);

    assertThat(trainer.run("rollback", "--ticker", "QQQ", "--to", other)).isZero();

    assertThat(trainer.printed()).contains("alias champion of mlops-primer-QQQ moved to it");
    assertThat(aliased("QQQ", "champion")).isEqualTo(other);
    trainer.train("QQQ", seed); // the same bytes, so that nothing else is promoted
    assertThat(trainer.champion("QQQ")).isEqualTo(other);
    assertThat(aliased("QQQ", "champion")).isEqualTo(other);
  }

  @Test
  void aPointerThatMovedWithoutMlflowIsNoDecisionAboutTheAlias() {
    trainer.train("IWM", 1);
    Trainer without = new Trainer(directory.resolve("models"), Map.of());
    trainer.train("IWM", 2);
    int seed = trainer.champion("IWM").equals(newest("IWM")) ? 1 : 2;
    String other = trainer.store("IWM").versions().get(2 - seed);
    without.run("rollback", "--ticker", "IWM", "--to", other);

    trainer.train("IWM", seed);

    assertThat(trainer.champion("IWM")).isEqualTo(other);
    assertThat(aliased("IWM", "champion")).isEqualTo(other);
  }

  @Test
  void aChampionThatMlflowWasNotToldOfIsRegisteredAtTheNextTraining() {
    new Trainer(directory.resolve("models"), Map.of()).train("EFA", 1);
    String champion = trainer.champion("EFA");

    trainer.train("EFA", 1);

    assertThat(aliased("EFA", "champion")).isEqualTo(champion);
  }

  @Test
  void suchAChampionIsRegisteredAlsoIfThereIsNothingNewToTrain() {
    Map<String, String> pod = Map.of("TRAINER_IMAGE", "registry.example/trainer:1");
    new Trainer(directory.resolve("models"), pod).train("EEM", 1);
    Trainer again =
        new Trainer(
            directory.resolve("models"),
            Map.of(
                "TRAINER_IMAGE",
                "registry.example/trainer:1",
                "MLFLOW_TRACKING_URI",
                SERVER.uri().toString()));

    assertThat(again.train("EEM", 1)).isZero();

    assertThat(again.printed()).contains("nothing new for EEM");
    assertThat(aliased("EEM", "champion")).isEqualTo(again.champion("EEM"));
  }

  @Test
  void anAliasThatNamesNothingOfTheStoreChangesNothing() {
    trainer.train("TLT", 1);
    String champion = trainer.champion("TLT");
    SERVER.python(
        """
        name = "mlops-primer-TLT"
        v = client.get_model_version_by_alias(name, "champion")
        other = client.create_model_version(name, v.source, v.run_id, tags={
            "mlops-primer.version": v.tags["mlops-primer.version"], "mlops-primer.sha256": "00"})
        client.set_registered_model_alias(name, "champion", other.version)
        """);

    assertThat(trainer.train("TLT", 1)).isZero();

    assertThat(trainer.champion("TLT")).isEqualTo(champion);
    trainer.run("status", "--ticker", "TLT");
    assertThat(trainer.printed()).contains("the alias champion names nothing that the store has");
  }

  private String newest(String ticker) {
    return trainer.store(ticker).versions().get(0);
  }

  private static RegisteredModelName name(String ticker) {
    return new RegisteredModelName(Ticker.of(ticker));
  }

  /** Id of the stored version that an alias names. */
  private static String aliased(String ticker, String alias) {
    ModelRegistry registry = new ModelRegistry(SERVER.connection());
    RegisteredModel model = registry.model(name(ticker)).orElseThrow();
    return registry
        .version(name(ticker), model.alias(alias).orElseThrow())
        .orElseThrow()
        .storedVersion()
        .orElseThrow();
  }

  /** Moves the alias champion, as a person does in MLflow. */
  private static void setAlias(String ticker, String version) {
    SERVER.python(
        """
        name = "mlops-primer-%s"
        v = client.search_model_versions(f"name='{name}' and tags.`mlops-primer.version`='%s'")[0]
        client.set_registered_model_alias(name, "champion", v.version)
        """
            .formatted(ticker, version));
  }

  private static JsonObject json(String program) {
    return JsonParser.parseString(SERVER.python(program)).getAsJsonObject();
  }
}
