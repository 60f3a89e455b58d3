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

/** Fault 54: all is back without a hand, pods of two nodes talk, and the prediction is the same. */
@ExtendWith({Lab.class, Probe.class, Stack.class})
class RebootTest {
  private static final String IMAGES = "ctr --namespace k8s.io images ls --quiet | sort";

  private List<String> images;
  private String prediction;

  @BeforeEach
  void rememberWhatThereIs() {
    images = NODES.stream().map(node -> on(node, IMAGES)).toList();
    prediction = Stack.prediction().toString();
  }

  // Without Vagrant, which restores the routes after a reload: the node's boot has to.
  @Test
  void afterTheWorkerRebootedByItself() {
    reboot(Lab.WORKER);

    Phases.time("prediction back after the worker's own reboot", Stack::predictionAgain);
    everythingIsAsItWas();
  }

  @Test
  void afterTheControlPlaneRebootedByItself() {
    reboot(Lab.CONTROL_PLANE);

    assertThat(Stack.prediction().toString()).as("without it").isEqualTo(prediction);
    Phases.time("API server back after its node's own reboot", Lab::kubernetesAgain);
    everythingIsAsItWas();
  }

  // A reload is this too; the walk-through has one.
  @Test
  void afterHaltAndUpOfEveryNode() {
    succeed("vagrant halt");
    Phases.time("up after halt", () -> succeed("vagrant up"));

    Phases.time("prediction back after halt and up", Stack::predictionAgain);
    everythingIsAsItWas();
    for (String node : NODES) {
      assertThat(Probe.eventuallyIn(node, "/bin/busybox nslookup probe.probe.svc.cluster.local"))
          .contains("Address");
    }
  }

  /** From inside; returns when the node has booted. A container keeps its host's boot id. */
  private static void reboot(String node) {
    String booted = "systemctl show --property UserspaceTimestamp --value";
    String before = on(node, booted);
    String ssh = "ssh -F infra-context/ssh-config -o ConnectTimeout=5 -o ServerAliveInterval=5 ";
    run(ssh + node + " sudo systemctl reboot"); // it may end before ssh does
    Shell.eventually(
        Duration.ofMinutes(2), "%s %s %s | grep -vxF '%s'".formatted(ssh, node, booted, before));
  }

  private void everythingIsAsItWas() {
    Phases.time(
        "… and all of the cluster",
        () -> {
          ADDRESSES.forEach(address -> assertThat(Probe.answerOf(address)).isIn(NODES));
          Probe.ready();
          Probe.podsReachThoseOfOtherNodes();
          return null;
        });
    assertThat(Stack.predictionAgain().toString()).isEqualTo(prediction);
    assertThat(NODES.stream().map(node -> on(node, IMAGES)).toList()).isEqualTo(images);
  }
}
