package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.on;
import static mlopsprimer.e2e.Shell.run;
import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Workers that are replaced, added, removed or refused. */
@IfTimeIsLeft
@ExtendWith({Lab.class, Probe.class, Stack.class})
class WorkersTest {
  private static final String SECOND = "kube-worker-2";
  private static final String CHANGED = "e2e/target/changed-bundle";
  private static final String NAMES = "kubectl get nodes -o name | sort | xargs";

  @AfterEach
  void removeTheSecondWorker() {
    succeed("WORKERS=2 vagrant destroy --force " + SECOND + " && rm -rf " + CHANGED);
  }

  @Test
  void aDestroyedWorkerCanBeReplaced() {
    succeed("vagrant destroy --force " + Lab.WORKER);
    assertThat(succeed(NAMES)).isEqualTo("node/kube-control-plane");

    Phases.time("up of a destroyed worker", () -> succeed("vagrant up"));
    Probe.load(Lab.WORKER);
    Probe.awaitReady();
    assertThat(Probe.eventuallyIn(Lab.WORKER, "/bin/busybox wget -q -O - http://probe.probe/"))
        .isIn(Lab.NODES);

    succeed("pulumi refresh --yes --skip-preview");
    Phases.time("pulumi up on a new worker", Stack::up);
    assertThat(Stack.served()).as("the ticker of the model, trained again").isEqualTo(Stack.TICKER);
  }

  @Test
  void aSecondWorkerFromABundleIsAFullNodeUntilItIsDestroyed() {
    String bundle = Bundle.make();
    Phases.time(
        "up of a second worker",
        () -> succeed("BUNDLE=$PWD/%s WORKERS=2 vagrant up".formatted(bundle)));
    assertThat(succeed(NAMES))
        .isEqualTo("node/kube-control-plane node/kube-worker-1 node/kube-worker-2");
    assertThat(on(SECOND, "cd /opt/mlops-primer/bundle && ls images | wc -l"))
        .isEqualTo(succeed("ls %s/images | wc -l".formatted(bundle)));
    Probe.load(SECOND);
    Probe.awaitReady();
    assertThat(Probe.answerOf("192.168.56.22")).isNotEmpty();
    assertThat(Probe.eventuallyIn(SECOND, "/bin/busybox nslookup probe.probe.svc.cluster.local"))
        .contains("Address");
    Stack.up();
    assertThat(Stack.digestOn(SECOND, "api"))
        .as("digest of the API's image on the second worker")
        .startsWith("sha256:");

    succeed("WORKERS=2 vagrant destroy --force " + SECOND);
    assertThat(succeed(NAMES)).isEqualTo("node/kube-control-plane node/kube-worker-1");
    assertThat(succeed("kubectl get pods --all-namespaces -o wide | grep " + SECOND + " || true"))
        .as("pods on the destroyed worker, to which Kubernetes would still send requests")
        .isEmpty();
    assertThat(
            succeed(
                "cat infra-context/nodes.json infra-context/ssh-config infra-context/known_hosts"))
        .as("inventory and ssh configuration")
        .doesNotContain(SECOND);
    Stack.up();
    assertThat(Stack.served()).isEqualTo(Stack.TICKER);
  }

  @Test
  void aBundleWithOneByteChangedIsRefusedBeforeAnythingIsInstalled() {
    succeed(
        """
        rm -rf %1$s && cp -r "$BUNDLE" %1$s
        byte=$(od -An -tu1 -j4096 -N1 %1$s/bin/kubelet)
        printf "\\\\x$(printf %%02x $((byte ^ 255)))" | dd of=%1$s/bin/kubelet bs=1 seek=4096 conv=notrunc status=none
        """
            .formatted(CHANGED));
    Shell.Result up = run("BUNDLE=$PWD/%s WORKERS=2 vagrant up %s".formatted(CHANGED, SECOND));

    assertThat(up.exit()).isNotZero();
    assertThat(up.output())
        .contains("./bin/kubelet: FAILED", "nothing was installed", "make bundle");
    assertThat(
            succeed(
                "WORKERS=2 vagrant ssh %s -c 'ls /usr/bin/kube* /usr/bin/containerd /etc/kubernetes 2>/dev/null; true'"
                    .formatted(SECOND)))
        .as("programs and configuration on the worker")
        .isEmpty();
  }
}
