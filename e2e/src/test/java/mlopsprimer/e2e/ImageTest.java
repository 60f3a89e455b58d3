package mlopsprimer.e2e;

import static mlopsprimer.e2e.Lab.CONTROL_PLANE;
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
    try (load;
        Edit edit = Edit.ofTheApi("alive and well")) {
      String up = Phases.time("pulumi up with one source line changed", Stack::up);

      assertThat(Stack.answer("/health/live").get("status").getAsString())
          .isEqualTo("alive and well");
      assertThat(Stack.reference("trainer")).isEqualTo(trainer);
      assertThat(Stack.reference("api")).isNotEqualTo(api);
      assertThat(up).doesNotContain("batch/v1:Job", "importing " + trainer);
      for (String node : NODES) {
        assertThat(on(node, "ctr --namespace k8s.io images ls --quiet"))
            .contains(Stack.reference("api"), trainer)
            .doesNotContain(api);
      }
    }
    load.assertThatNoneFailed();

    Stack.up();
    assertThat(Stack.reference("api")).isEqualTo(api);
  }

  // Fault 55: what the kubelet collects when it thinks the disk is full; as it is set up, it never
  // does.
  // Fault 51: a node's SSH is down when an image is to be imported.
  @Test
  void aCollectionOfImagesTakesNoneThatServesAndOneThatItTookIsBackAsSoonAsTheNodeAnswers() {
    String trainer = Stack.reference("trainer");
    assertThat(on(WORKER, IMAGES)).contains(trainer, Stack.reference("api"));
    Stack.kubectl("delete pods -l app.kubernetes.io/component=trainer");
    collectImages(trainer);
    assertThat(on(WORKER, IMAGES)).contains(Stack.reference("api"));
    assertThat(Stack.kubectl("get pods -o jsonpath={.items[*].status.phase}"))
        .doesNotContain("Failed");
    assertThat(Stack.served()).isEqualTo(Stack.TICKER);

    succeed("vagrant provision " + WORKER); // Kubernetes' own, which were not in use either
    assertThat(succeed("pulumi refresh --yes --skip-preview --color never"))
        .containsPattern("NodeImport +trainer +updated");
    String ssh = "lxc-attach --name mlops-primer-%s -- systemctl %%s ssh".formatted(WORKER);
    succeed(ssh.formatted("stop"));
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
      succeed(ssh.formatted("start"));
    }

    assertThat(Stack.up()).contains("importing " + trainer + " on " + WORKER);
    assertThat(Stack.digestOn(WORKER, "trainer"))
        .isEqualTo(Stack.digestOn(CONTROL_PLANE, "trainer"));
    Stack.kubectl("delete pods -l app.kubernetes.io/component=api");
    Stack.kubectl("rollout status deployment/prediction-api --timeout=60s");
  }

  /**
   * Has the worker's kubelet want more room than there is, and an image that no container uses give
   * it back more than that, so that it need not go on to evict pods.
   */
  private static void collectImages(String untilGone) {
    succeed(
        """
        truncate --size 512M e2e/target/bulk
        lab/image-archive e2e/target/bulk.tar localhost/bulk:1 /bulk e2e/target/bulk=/bulk
        ssh -F infra-context/ssh-config %s sudo ctr --namespace k8s.io images import - <e2e/target/bulk.tar
        rm e2e/target/bulk e2e/target/bulk.tar
        """
            .formatted(WORKER));
    on(
        WORKER,
        """
        cd /var/lib/kubelet
        cp -p config.yaml config.yaml.ours
        free=$(df --output=avail --block-size=1M . | tail -n 1)
        sed -i "s/^evictionHard:$/&\\n  nodefs.available: $((free + 400))Mi/" config.yaml
        grep -q nodefs.available config.yaml
        systemctl restart kubelet
        """);
    try {
      Shell.eventually(
          Duration.ofMinutes(2),
          "! ssh -F infra-context/ssh-config %s sudo %s | grep -q %s"
              .formatted(WORKER, IMAGES, untilGone));
    } finally {
      on(
          WORKER,
          "cd /var/lib/kubelet && mv config.yaml.ours config.yaml && systemctl restart kubelet");
    }
  }
}
