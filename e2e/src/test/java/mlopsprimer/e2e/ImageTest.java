package mlopsprimer.e2e;

import static mlopsprimer.e2e.Lab.NODES;
import static mlopsprimer.e2e.Lab.WORKER;
import static mlopsprimer.e2e.Shell.on;
import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From a source file to what a pod runs, and what may happen to it there. */
@ExtendWith({Lab.class, Stack.class})
class ImageTest {
  private static final String IMAGES = "ctr --namespace k8s.io images ls --quiet";

  // Fault 52: one class changed. Fault 43: no request fails meanwhile.
  @Test
  void aChangedSourceReachesThePodsAndNoOtherImageIsTouched() throws IOException {
    String trainer = Stack.reference("trainer");
    String api = Stack.reference("api");
    Load load = new Load();
    Edit edit = Edit.ofTheApi("alive and well");
    try (load;
        edit) {
      String up = Phases.time("pulumi up with one source line changed", Stack::up);

      assertThat(Stack.answer("/health/live").get("status").getAsString())
          .isEqualTo("alive and well");
      assertThat(Stack.reference("trainer")).isEqualTo(trainer);
      assertThat(Stack.reference("api")).isNotEqualTo(api);
      assertThat(up).doesNotContain("batch/v1:Job", "importing " + trainer);
      for (String node : NODES) {
        assertThat(on(node, IMAGES)).contains(Stack.reference("api"), trainer).doesNotContain(api);
      }
    }
    load.assertThatNoneFailed();

    Stack.up();
    assertThat(Stack.reference("api")).isEqualTo(api);
  }

  // Fault 51: a node's SSH is down during an import.
  @Test
  void anImageThatWasRemovedIsSeenByRefreshAndBroughtBackAsSoonAsTheNodeAnswers() {
    String reference = Stack.reference("api");
    String digest = Stack.digestOn(WORKER, "api");
    on(WORKER, "ctr --namespace k8s.io images rm --sync " + reference);
    assertThat(succeed("pulumi refresh --yes --skip-preview --color never"))
        .containsPattern("NodeImport +api +updated");

    String inside = "lxc-attach --name mlops-primer-%s -- systemctl %%s ssh".formatted(WORKER);
    succeed(inside.formatted("stop"));
    try {
      Shell.Result failed = Stack.tryUp();
      assertThat(failed.exit()).isNotZero();
      assertThat(failed.output())
          .contains("kube-worker-1 (192.168.56.21:22) does not answer")
          .contains("'vagrant up kube-worker-1' starts it");
      assertThat(Shell.run("pulumi refresh --yes --skip-preview").exit())
          .as("a node that cannot be asked has not lost its images")
          .isNotZero();
    } finally {
      succeed(inside.formatted("start"));
    }

    assertThat(Stack.up()).contains("importing " + reference + " on " + WORKER);
    assertThat(Stack.digestOn(WORKER, "api")).isEqualTo(digest);
  }

  /**
   * Fault 55. With 8 % of the disk free, a kubelet as it comes deletes all images that no container
   * uses, the pause image too, and evicts. (Forced by lower thresholds instead, it takes five
   * minutes to look at images, or evicts first; and ours is to have no threshold.)
   */
  @Test
  void aFullDiskTakesNoImageAndEvictsNoPod() {
    String images = on(WORKER, IMAGES + " | sort");
    on(
        WORKER,
        """
        fallocate --length "$(df --output=avail,size -B1M /var/lib/containerd | awk 'NR == 2 { print int($1 - 0.08 * $2) }')M" /root/full
        """);
    try {
      Shell.eventually(
          Duration.ofMinutes(1),
          """
          kubectl get --raw /api/v1/nodes/%s/proxy/stats/summary | python3 -c '
          import json, sys
          disk = json.load(sys.stdin)["node"]["fs"]
          sys.exit(disk["availableBytes"] > 0.1 * disk["capacityBytes"])'
          """
              .formatted(WORKER));
      succeed("sleep 25 # the kubelet looks every 10 s");

      assertThat(on(WORKER, IMAGES + " | sort")).isEqualTo(images);
      assertThat(Stack.kubectl("get pods -o jsonpath={.items[*].status.phase}"))
          .doesNotContain("Failed");
      assertThat(Stack.served()).isEqualTo(Stack.TICKER);
      Stack.kubectl("delete pods -l app.kubernetes.io/component=api");
      Stack.kubectl("rollout status deployment/prediction-api --timeout=60s");
    } finally {
      on(WORKER, "rm /root/full");
    }
  }
}
