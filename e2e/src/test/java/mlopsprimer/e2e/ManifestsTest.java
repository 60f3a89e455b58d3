package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the program declares, as others judge it. */
@ExtendWith({Lab.class, Stack.class})
class ManifestsTest {
  private static final String OUT = "e2e/target/manifests";

  /** What kube-score holds against us, and why it stays. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "service-type", "a NodePort is how one reaches a cluster without a load balancer",
          "container-image-pull-policy", "there is no registry to pull from",
          "deployment-has-host-podantiaffinity", "the models are a directory of one node",
          "pod-topology-spread-constraints", "the models are a directory of one node");

  @BeforeEach
  void render() {
    succeed("rm -rf %s && e2e/export-manifests.py %s".formatted(OUT, OUT));
  }

  @Test
  void everyObjectIsExactlyWhatTheApiServersOwnSchemaSays() {
    String summary =
        succeed(
            "kubeconform -strict -summary -schema-location '%s/schemas/{{.ResourceKind}}{{.KindSuffix}}.json' %s/objects"
                .formatted(OUT, OUT));

    assertThat(summary).contains("Valid: 12, Invalid: 0, Errors: 0, Skipped: 0");
    succeed("sed -i 's/\"replicas\"/\"replicsa\"/' %s/objects/deployment-*.json".formatted(OUT));
    assertThat(
            Shell.run(
                    "kubeconform -strict -schema-location '%s/schemas/{{.ResourceKind}}{{.KindSuffix}}.json' %s/objects"
                        .formatted(OUT, OUT))
                .output())
        .contains("replicsa");
  }

  @Test
  void kubeScoreHasNothingToAddButWhatIsExplained() {
    List<String> ignored =
        EXCEPTIONS.keySet().stream().map("--ignore-test "::concat).sorted().toList();

    assertThat(
            succeed(
                "kube-score score --output-format ci %s %s/objects/*.json"
                    .formatted(String.join(" ", ignored), OUT)))
        .doesNotContain("[CRITICAL]", "[WARNING]");
  }

  // Fault 60: what is admitted is restricted.
  @Test
  void theNamespaceRefusesAPodThatIsNotRestricted() {
    assertThat(
            Shell.run(
                    "kubectl -n mlops-primer run root --image=localhost/probe:1 --restart=Never --dry-run=server")
                .output())
        .contains("violates PodSecurity \"restricted");
    assertThat(Stack.kubectl("get pods --field-selector status.phase=Running -o name"))
        .contains("prediction-api");
  }
}
