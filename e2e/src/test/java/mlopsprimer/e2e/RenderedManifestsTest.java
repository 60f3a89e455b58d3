package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.on;
import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The output of {@code make manifests}, applied by kubectl instead of Pulumi. */
@NeedsLayers({"s3", "registry"})
@ExtendWith(Stack.class)
@Tag(Stack.FROM_NOTHING)
class RenderedManifestsTest {
  static final String OUT = "e2e/target/rendered";

  @BeforeEach
  void render() {
    RegistryTest.use();
    S3Server.use();
    renderManifests();
  }

  /** Renders the stack's program to {@link #OUT}. */
  static void renderManifests() {
    succeed("rm -rf %s && make manifests STACK=lab OUT=%s".formatted(OUT, OUT));
  }

  /** Creates what the manifests do not contain: the Secrets that the pods need. */
  static void createSecrets() {
    succeed("kubectl apply --filename %s/namespace-mlops-primer.yaml".formatted(OUT));
    S3Server.createSecrets();
  }

  @AfterEach
  void delete() {
    succeed("kubectl delete --ignore-not-found --kustomize %s --timeout=120s".formatted(OUT));
    RegistryTest.removeImages();
  }

  @Test
  void everyObjectMatchesTheSchemaOfTheApiServer() {
    String schemas = "e2e/target/manifests";
    succeed("rm -rf %s && e2e/export-manifests.py %s %s".formatted(schemas, schemas, OUT));

    String summary =
        succeed(
            "kubeconform -strict -summary -ignore-filename-pattern kustomization.yaml -schema-location '%s/schemas/{{.ResourceKind}}{{.KindSuffix}}.json' %s"
                .formatted(schemas, OUT));

    assertThat(summary).contains("Invalid: 0, Errors: 0, Skipped: 0").doesNotContain("Valid: 0");
  }

  @Test
  void appliedByKubectlTheyServeAPrediction() {
    createSecrets();
    succeed("kubectl apply --kustomize " + OUT);

    assertThat(Phases.time("prediction after kubectl apply", Stack::awaitPrediction).toString())
        .contains("\"ticker\":\"%s\"".formatted(Stack.TICKER));
    for (String node : Lab.NODES) {
      assertThat(on(node, "ctr --namespace k8s.io images ls --quiet"))
          .as("images on %s", node)
          .doesNotContain("localhost/ml-");
    }
  }
}
