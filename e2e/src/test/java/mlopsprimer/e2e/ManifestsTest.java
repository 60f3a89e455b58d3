package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Checks of the Kubernetes objects that the Pulumi program declares. */
@ExtendWith({Lab.class, Stack.class})
class ManifestsTest {
  private static final String OUT = "e2e/target/manifests";

  /** Tests of kube-score that fail, each with the reason why it is accepted. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "service-type", "the cluster has no load balancer, so clients use a NodePort",
          "container-image-pull-policy",
              "the images are imported on the nodes, not pulled from a registry",
          "deployment-has-host-podantiaffinity",
              "the volume is a directory on one node, so all pods run there",
          "deployment-has-poddisruptionbudget",
              "the pods cannot run on another node, so a budget would stop a drain for ever",
          "pod-topology-spread-constraints",
              "the volume is a directory on one node, so all pods run there");

  @BeforeEach
  void render() {
    succeed("rm -rf %s && e2e/export-manifests.py %s".formatted(OUT, OUT));
  }

  @Test
  void everyObjectMatchesTheSchemaOfTheApiServer() {
    String summary =
        succeed(
            "kubeconform -strict -summary -schema-location '%s/schemas/{{.ResourceKind}}{{.KindSuffix}}.json' %s/objects"
                .formatted(OUT, OUT));

    assertThat(summary).contains("Valid: 11, Invalid: 0, Errors: 0, Skipped: 0");
    succeed("sed -i 's/\"replicas\"/\"replicsa\"/' %s/objects/deployment-*.json".formatted(OUT));
    assertThat(
            Shell.run(
                    "kubeconform -strict -schema-location '%s/schemas/{{.ResourceKind}}{{.KindSuffix}}.json' %s/objects"
                        .formatted(OUT, OUT))
                .output())
        .as("kubeconform's report of a misspelled field")
        .contains("replicsa");
  }

  @Test
  void kubeScoreFailsOnlyTheExplainedTests() {
    List<String> ignored =
        EXCEPTIONS.keySet().stream().map("--ignore-test "::concat).sorted().toList();

    assertThat(
            succeed(
                "kube-score score --output-format ci %s %s/objects/*.json"
                    .formatted(String.join(" ", ignored), OUT)))
        .doesNotContain("[CRITICAL]", "[WARNING]");
  }

  @Test
  void theNamespaceRefusesAPodThatIsNotRestricted() {
    assertThat(
            Shell.run(
                    "kubectl -n mlops-primer run root --image=localhost/probe:1 --restart=Never --dry-run=server")
                .output())
        .contains("violates PodSecurity \"restricted");
    assertThat(Stack.kubectl("get pods --field-selector status.phase=Running -o name"))
        .as("running pods of the API, which satisfy the restriction")
        .contains("prediction-api");
  }
}
