package mlopsprimer.e2e;

import static mlopsprimer.e2e.Lab.ADDRESSES;
import static mlopsprimer.e2e.Lab.NODES;
import static mlopsprimer.e2e.Shell.on;
import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Fault 54: all is back without a hand, the prediction too. */
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

  @Test
  void afterARebootOfTheWorker() {
    succeed("vagrant reload " + Lab.WORKER);

    Phases.time("prediction back after the worker's reboot", Stack::predictionAgain);
    everythingIsAsItWas();
  }

  @Test
  void afterARebootOfEveryNode() {
    Phases.time("reload of every node", () -> succeed("vagrant reload"));

    Phases.time("prediction back after a reboot of both", Stack::predictionAgain);
    everythingIsAsItWas();
    for (String node : NODES) {
      assertThat(Probe.eventuallyIn(node, "/bin/busybox nslookup probe.probe.svc.cluster.local"))
          .contains("Address");
    }
  }

  @Test
  void afterHaltAndUp() {
    succeed("vagrant halt");
    Phases.time("up after halt", () -> succeed("vagrant up"));

    everythingIsAsItWas();
  }

  private void everythingIsAsItWas() {
    Phases.time(
        "… and all of the cluster",
        () -> {
          ADDRESSES.forEach(address -> assertThat(Probe.answerOf(address)).isIn(NODES));
          Probe.ready();
          return null;
        });
    assertThat(Stack.predictionAgain().toString()).isEqualTo(prediction);
    assertThat(NODES.stream().map(node -> on(node, IMAGES)).toList()).isEqualTo(images);
  }
}
