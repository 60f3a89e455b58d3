package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The output of {@code make manifests} in a bucket, which Flux reconciles. */
@NeedsLayers({"s3", "registry", "flux"})
@ExtendWith(Stack.class)
class FluxTest {
  private static final String PREFIX = "manifests";
  private static final String SOURCE = "e2e/src/test/resources/flux.yaml";
  private static final Duration RECONCILED = Duration.ofMinutes(1);
  private static final String POLICIES =
      "kubectl -n mlops-primer get networkpolicies --no-headers -o name";

  @AfterEach
  void delete() {
    succeed("kubectl -n flux-system delete --ignore-not-found --timeout=180s kustomization primer");
    succeed("kubectl -n flux-system delete --ignore-not-found bucket/primer secret/primer");
    RegistryTest.removeImages();
  }

  @Test
  @Tag(Stack.FROM_NOTHING)
  void fluxAppliesTheManifestsRepairsADriftAndPrunes() {
    RegistryTest.use();
    S3Server.use();
    RenderedManifestsTest.renderManifests();
    RenderedManifestsTest.createSecrets();
    S3Server.upload(RenderedManifestsTest.OUT, PREFIX);
    // Flux reads the bucket with the reader's keys.
    succeed(
        """
        . "${PULUMI_HOME%/*}"/state/s3/credentials
        kubectl -n flux-system create secret generic primer \\
          --from-literal=accesskey="$S3_READER_ACCESS_KEY" --from-literal=secretkey="$S3_READER_SECRET_KEY"
        """);
    succeed("kubectl apply --filename " + SOURCE);

    Phases.time("prediction after Flux has the manifests", Stack::awaitPrediction);

    assertThatADriftIsRepaired();
    assertThatARemovedManifestIsPruned();
  }

  private static void assertThatADriftIsRepaired() {
    Stack.kubectl("delete service -l app.kubernetes.io/component=api --wait");

    Phases.time(
        "a deleted Service is back",
        () ->
            Shell.eventually(
                RECONCILED,
                "kubectl -n mlops-primer get service -l app.kubernetes.io/component=api -o name | grep -q ."));
    assertThat(Stack.awaitPrediction().toString()).contains(Stack.TICKER);
  }

  private static void assertThatARemovedManifestIsPruned() {
    assertThat(succeed(POLICIES)).contains("api-answers");
    succeed(
        "sed -i '/networkpolicy-api-answers.yaml/d' %s/kustomization.yaml"
            .formatted(RenderedManifestsTest.OUT));
    succeed("rm %s/networkpolicy-api-answers.yaml".formatted(RenderedManifestsTest.OUT));

    S3Server.upload(RenderedManifestsTest.OUT, PREFIX);
    S3Server.delete(PREFIX + "/networkpolicy-api-answers.yaml");

    Phases.time(
        "the object of a removed manifest is gone",
        () -> Shell.eventually(RECONCILED, "! %s | grep api-answers".formatted(POLICIES)));
  }
}
