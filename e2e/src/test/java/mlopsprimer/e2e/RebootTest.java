package mlopsprimer.e2e;

import static mlopsprimer.e2e.Lab.ADDRESSES;
import static mlopsprimer.e2e.Lab.NODES;
import static mlopsprimer.e2e.Shell.on;
import static mlopsprimer.e2e.Shell.run;
import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reboots of nodes. After a reboot, the cluster works and predicts without any command. */
@ExtendWith({Lab.class, Probe.class, Stack.class})
class RebootTest {
  private static final String IMAGES = "ctr --namespace k8s.io images ls --quiet | sort";

  private List<String> images;
  private String prediction;

  @BeforeEach
  void rememberTheState() {
    images = NODES.stream().map(node -> on(node, IMAGES)).toList();
    prediction = Stack.prediction().toString();
  }

  /**
   * After {@code vagrant reload}, Vagrant restores the routes between the nodes. After a reboot
   * from inside, the node itself must restore them.
   */
  @Test
  void theClusterIsBackAfterTheWorkerRebooted() {
    reboot(Lab.WORKER);

    Phases.time("prediction after a reboot of the worker", Stack::awaitPrediction);
    assertThatEverythingIsAsBefore();
  }

  @Test
  void theClusterIsBackAfterTheControlPlaneRebooted() {
    reboot(Lab.CONTROL_PLANE);

    assertThat(Stack.prediction().toString())
        .as("the prediction while the control plane boots")
        .isEqualTo(prediction);
    Phases.time("API server after a reboot of its node", Lab::awaitKubernetes);
    assertThatEverythingIsAsBefore();
  }

  /** The walk-through tests {@code vagrant reload}, which halts and starts the nodes as well. */
  @Test
  void theClusterIsBackAfterEveryNodeWasHalted() {
    succeed("vagrant halt");
    Phases.time("up after halt", () -> succeed("vagrant up"));

    Phases.time("prediction after halt and up", Stack::awaitPrediction);
    assertThatEverythingIsAsBefore();
    for (String node : NODES) {
      assertThat(Probe.eventuallyIn(node, "/bin/busybox nslookup probe.probe.svc.cluster.local"))
          .contains("Address");
    }
  }

  /**
   * Reboots a node from inside and waits until its user space has a new start time. The boot id
   * does not show a reboot, because a container has the boot id of its host.
   */
  private static void reboot(String node) {
    String booted = "systemctl show --property UserspaceTimestamp --value";
    String before = on(node, booted);
    String ssh = "ssh -F infra-context/ssh-config -o ConnectTimeout=5 -o ServerAliveInterval=5 ";
    run(ssh + node + " sudo systemctl reboot"); // ssh may fail, because the node may end first
    Shell.eventually(
        Duration.ofMinutes(2), "%s %s %s | grep -vxF '%s'".formatted(ssh, node, booted, before));
  }

  private void assertThatEverythingIsAsBefore() {
    Phases.time(
        "services, DNS and pod network after that",
        () -> {
          ADDRESSES.forEach(address -> assertThat(Probe.answerOf(address)).isIn(NODES));
          Probe.awaitReady();
          Probe.assertThatPodsReachOtherNodes();
          return null;
        });
    assertThat(Stack.awaitPrediction().toString()).isEqualTo(prediction);
    assertThat(NODES.stream().map(node -> on(node, IMAGES)).toList())
        .as("images of each node")
        .isEqualTo(images);
  }
}
