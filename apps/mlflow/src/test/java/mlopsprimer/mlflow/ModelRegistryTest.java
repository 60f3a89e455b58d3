package mlopsprimer.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import mlopsprimer.contract.Ticker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ModelRegistryTest {
  @RegisterExtension static final MlflowServer SERVER = new MlflowServer();

  private static final List<String> SYMBOLS =
      List.of("SPY", "^GSPC", "BRK-B", "EURUSD=X", "BTC-USD", "VOD.L", "=.^-A");

  private final ModelRegistry registry = new ModelRegistry(SERVER.connection());

  @Test
  void modelsOfAnyTickersAreFoundWithTheirAliasesAndLoadedByMlflowsOwnUri() {
    List<String> runs =
        SERVER
            .python(
                """
                for symbol in %s:
                    run = client.create_run(client.create_experiment("registry/" + symbol))
                    client.log_text(run.info.run_id, "a model", "model/MLmodel")
                    print(run.info.run_id, run.info.artifact_uri)
                """
                    .formatted(quoted()))
            .lines()
            .toList();
    for (int i = 0; i < SYMBOLS.size(); i++) {
      String[] run = runs.get(i).split(" ", 2);
      registerAndRead(new RegisteredModelName(new Ticker(SYMBOLS.get(i))), run[0], run[1]);
    }

    assertThat(
            SERVER.python(
                """
                for symbol in %s:
                    print(os.listdir(mlflow.artifacts.download_artifacts(f"models:/mlops-primer-{symbol}@champion")))
                """
                    .formatted(quoted())))
        .satisfies(
            printed ->
                assertThat(printed.lines())
                    .hasSameSizeAs(SYMBOLS)
                    .allMatch(l -> l.contains("MLmodel")));
    RegisteredModelName first = new RegisteredModelName(new Ticker(SYMBOLS.get(0)));
    registry.deleteAlias(first, RegisteredModel.CHAMPION);
    assertThat(registry.model(first).orElseThrow().alias(RegisteredModel.CHAMPION)).isEmpty();
  }

  private static String quoted() {
    return SYMBOLS.stream().collect(Collectors.joining("', '", "['", "']"));
  }

  private void registerAndRead(RegisteredModelName name, String run, String artifacts) {
    registry.createModel(name, "a model of " + name.ticker(), Map.of("a", "1"));
    registry.createModel(name, "the same again", Map.of());
    String source = artifacts + "/model";
    RegisteredVersion version =
        registry.createVersion(
            name,
            source,
            run,
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
