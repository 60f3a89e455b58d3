package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What somebody deleted with kubectl, and a node that is drained. */
@LastOfCore
@ExtendWith({Lab.class, Stack.class})
class RepairTest {
  private static final String REFRESH = "pulumi refresh --yes --skip-preview --color never";

  @Test
  void aDeletedNamespaceIsRepairedWithItsModels() {
    String version = version();
    succeed("kubectl delete namespace mlops-primer --timeout=60s");

    Phases.time("pulumi refresh and up after the namespace was deleted", RepairTest::repair);

    assertThat(Stack.served()).isEqualTo(Stack.TICKER);
    assertThat(Stack.kubectl("get pvc -o jsonpath={.items[*].status.phase}")).isEqualTo("Bound");
    assertThat(version()).as("the model").isEqualTo(version);
  }

  /** Kubernetes ends a claim only after the last pod that uses it. */
  @Test
  void aClaimThatIsBeingDeletedIsRepairedWithoutARestart() {
    String pods = Stack.apiPodsAndRestarts();
    Stack.kubectl("delete pvc store --wait=false");

    Load load = new Load();
    try (load) {
      repair();
    }

    load.assertThatNoneFailed();
    assertThat(Stack.kubectl("get pvc -o jsonpath={.items[*].status.phase}")).isEqualTo("Bound");
    assertThat(Stack.apiPodsAndRestarts()).isEqualTo(pods);
  }

  @Test
  void theNodeWithTheModelStoreCanBeDrained() {
    succeed("kubectl drain kube-worker-1 --ignore-daemonsets --delete-emptydir-data --timeout=90s");
    succeed("kubectl uncordon kube-worker-1");

    Shell.eventually(
        Duration.ofSeconds(60),
        "kubectl --namespace mlops-primer rollout status deployment/prediction-api --timeout=5s");
    assertThat(Stack.awaitPrediction().get("ticker").getAsString()).isEqualTo(Stack.TICKER);
  }

  private static String repair() {
    return succeed(REFRESH) + Stack.up();
  }

  private static String version() {
    return Stack.prediction().getAsJsonObject("model").get("version").getAsString();
  }
}
