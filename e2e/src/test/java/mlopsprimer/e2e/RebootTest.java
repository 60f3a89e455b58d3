package mlopsprimer.e2e;

import static mlopsprimer.e2e.Lab.ADDRESSES;
import static mlopsprimer.e2e.Lab.NODES;
import static mlopsprimer.e2e.Shell.on;
import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Lab.class)
class RebootTest {
  private static final String IMAGES = "ctr --namespace k8s.io images ls --quiet | sort";

  // Fault 54: reboot of the worker and of the control plane.
  @Test
  void afterARebootOfEveryNodeAllIsBackWithoutAHand() {
    List<String> before = NODES.stream().map(node -> on(node, IMAGES)).toList();

    Phases.time("reload of every node", () -> succeed("vagrant reload"));

    Phases.time(
        "answers again after the reload",
        () -> {
          ADDRESSES.forEach(address -> assertThat(Probe.answerOf(address)).isIn(NODES));
          Probe.ready();
          return null;
        });
    assertThat(NODES.stream().map(node -> on(node, IMAGES)).toList()).isEqualTo(before);
    for (String node : NODES) {
      assertThat(Probe.in(node, "/bin/busybox nslookup probe.probe.svc.cluster.local"))
          .contains("Address");
    }
  }

  @Test
  void afterHaltAndUpAllIsBackWithoutAHand() {
    succeed("vagrant halt");
    Phases.time("up after halt", () -> succeed("vagrant up"));

    ADDRESSES.forEach(address -> assertThat(Probe.answerOf(address)).isIn(NODES));
    Probe.ready();
  }
}
