package mlopsprimer.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import mlopsprimer.contract.Ticker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRegistryTest {
  @RegisterExtension static final MlflowServer SERVER = new MlflowServer();

  private final ModelRegistry registry = new ModelRegistry(SERVER.connection());

  @ParameterizedTest
  @ValueSource(strings = {"SPY", "^GSPC", "BRK-B", "EURUSD=X", "BTC-USD", "VOD.L", "=.^-A"})
  void aModelOfAnyTickerIsFoundWithItsAliasAndLoadedByMlflowsOwnUri(String symbol) {
    RegisteredModelName name = new RegisteredModelName(new Ticker(symbol));
    String run =
        SERVER.python(
            """
            name = "%s"
            run = client.create_run(client.create_experiment("registry/" + name))
            client.log_text(run.info.run_id, "a model", "model/MLmodel")
            print(run.info.run_id, run.info.artifact_uri)
            """
                .formatted(name));
    registry.createModel(name, "a model of " + symbol, Map.of("a", "1"));
    registry.createModel(name, "the same again", Map.of());
    String source = run.split(" ", 2)[1] + "/model";
    RegisteredVersion version =
        registry.createVersion(
            name,
            source,
            run.split(" ", 2)[0],
            "the first",
            Map.of(RegisteredVersion.VERSION_TAG, "v1", RegisteredVersion.SHA256_TAG, "ab"));
    registry.setAlias(name, RegisteredModel.CHAMPION, version.number());
    registry.setTag(name, "b", "2");
    registry.setVersionTag(name, version.number(), "c", "3");

    assertThat(registry.model(name))
        .contains(new RegisteredModel(name, Map.of("champion", 1), Map.of("a", "1", "b", "2")));
    RegisteredVersion stored = registry.version(name, 1).orElseThrow();
    assertThat(stored.source()).isEqualTo(source);
    assertThat(stored.storedVersion()).contains("v1");
    assertThat(stored.sha256()).contains("ab");
    assertThat(stored.tags()).containsEntry("c", "3");
    assertThat(registry.versionOf(name, "v1")).contains(stored);
    assertThat(registry.versionOf(name, "v2")).isEmpty();
    assertThat(registry.models()).contains(registry.model(name).orElseThrow());
    assertThat(
            SERVER.python(
                "print(os.listdir(mlflow.artifacts.download_artifacts('models:/%s@champion')))"
                    .formatted(name)))
        .contains("MLmodel");

    registry.deleteAlias(name, RegisteredModel.CHAMPION);

    assertThat(registry.model(name).orElseThrow().alias(RegisteredModel.CHAMPION)).isEmpty();
  }

  @Test
  void whatIsNotThereIsEmpty() {
    RegisteredModelName name = new RegisteredModelName(new Ticker("NONE"));

    assertThat(registry.model(name)).isEmpty();
    assertThat(registry.version(name, 1)).isEmpty();
    assertThat(registry.versionOf(name, "v1")).isEmpty();
  }

  @Test
  void modelsOfOtherProjectsAreNotAmongTheModels() {
    SERVER.python(
        """
        client.create_registered_model("mlops-primer-of somebody else")
        client.create_registered_model("MLOPS-PRIMER-X")
        client.create_registered_model("other")
        """);

    assertThat(registry.models())
        .extracting(model -> model.name().toString())
        .doesNotContain("mlops-primer-of somebody else", "MLOPS-PRIMER-X", "other");
    assertThat(RegisteredModelName.parse("mlops-primer-^GSPC"))
        .isEqualTo(Optional.of(new RegisteredModelName(new Ticker("^GSPC"))));
  }

  @Test
  void modelsOfSeveralPagesAreRead() {
    SERVER.python(
        """
        for n in range(5):
            client.create_registered_model(f"mlops-primer-P{n}")
        """);

    assertThat(new ModelRegistry(SERVER.connection(), 2).models())
        .hasSizeGreaterThanOrEqualTo(5)
        .doesNotHaveDuplicates()
        .hasSameElementsAs(registry.models());
  }
}
