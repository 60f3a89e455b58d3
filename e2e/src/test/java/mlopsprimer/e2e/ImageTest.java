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

/** Updates of an image after its source has changed, and faults on a node that holds images. */
@ExtendWith({Lab.class, Stack.class})
class ImageTest {
  private static final String IMAGES = "ctr --namespace k8s.io images ls --quiet";

  @Test
  void aChangedSourceReplacesItsImageWithoutAFailedRequest() throws IOException {
    String trainer = Stack.reference("trainer");
    String api = Stack.reference("api");
    Load load = new Load();
    Edit edit = Edit.ofTheApi("alive and well");
    try (load;
        edit) {
      String up = Phases.time("pulumi up with one source line changed", Stack::up);

      assertThat(Stack.answer("/health/live").get("status").getAsString())
          .isEqualTo("alive and well");
      assertThat(Stack.reference("trainer")).as("the image that did not change").isEqualTo(trainer);
      assertThat(Stack.reference("api")).as("the image that changed").isNotEqualTo(api);
      assertThat(up)
          .as("output of an update that trains nothing and imports one image")
          .doesNotContain("batch/v1:Job", "importing " + trainer);
      for (String node : NODES) {
        assertThat(on(node, IMAGES)).contains(Stack.reference("api"), trainer).doesNotContain(api);
      }
    }
    load.assertThatNoneFailed();

    Stack.up();
    assertThat(Stack.reference("api")).as("the image after the edit was undone").isEqualTo(api);
  }

  @Test
  void anImageThatWasRemovedIsImportedAgainOnceItsNodeAnswers() {
    String reference = Stack.reference("api");
    String digest = Stack.digestOn(WORKER, "api");
    on(WORKER, "ctr --namespace k8s.io images rm --sync " + reference);
    assertThat(succeed("pulumi refresh --yes --skip-preview --color never"))
        .as("output of a refresh that finds the image missing")
        .containsPattern("NodeImport +api +updated");

    String ssh = "lxc-attach --name mlops-primer-%s -- systemctl %%s ssh".formatted(WORKER);
    succeed(ssh.formatted("stop"));
    try {
      Shell.Result failed = Stack.tryUp();
      assertThat(failed.exit()).isNotZero();
      assertThat(failed.output())
          .as("output of an update while ssh on the worker is down")
          .contains("kube-worker-1 (192.168.56.21:22) does not answer")
          .contains("run 'vagrant up kube-worker-1', which starts the node");
      assertThat(Shell.run("pulumi refresh --yes --skip-preview").exit())
          .as("exit code of a refresh: nobody knows which images a silent node has")
          .isNotZero();
    } finally {
      succeed(ssh.formatted("start"));
    }

    assertThat(Stack.up()).contains("importing " + reference + " on " + WORKER);
    assertThat(Stack.digestOn(WORKER, "api")).isEqualTo(digest);
  }

  /**
   * With 8 % of the disk free, a kubelet with default settings deletes all images that no container
   * uses, including the pause image, and evicts pods. The test fills the disk that far. It does not
   * change the kubelet's thresholds, because the kubelets of this project have no disk threshold.
   */
  @Test
  void aFullDiskDoesNotRemoveImagesOrPods() {
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
      succeed("sleep 25 # the kubelet measures the disk every 10 s");

      assertThat(on(WORKER, IMAGES + " | sort")).as("images of the worker").isEqualTo(images);
      assertThat(Stack.kubectl("get pods -o jsonpath={.items[*].status.phase}"))
          .as("phases of the pods; an evicted pod has failed")
          .doesNotContain("Failed");
      assertThat(Stack.served()).isEqualTo(Stack.TICKER);
      Stack.kubectl("delete pods -l app.kubernetes.io/component=api");
      Stack.kubectl("rollout status deployment/prediction-api --timeout=60s");
    } finally {
      on(WORKER, "rm /root/full");
    }
  }
}
