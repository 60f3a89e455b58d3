package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.run;
import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

/**
 * Takes a lab down, and starts a lab after another one was killed. The second test leaves a lab up,
 * so it runs last.
 */
@Order(1)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@DisabledIfEnvironmentVariable(named = "E2E_REUSE", matches = "1")
class LeftoversTest {
  @Test
  @Order(1)
  void downLeavesNothingOnTheMachine() {
    succeed("lab/down.sh");

    assertThat(succeed("e2e/list-leftovers.sh")).isEmpty();
  }

  /** Leaves the lab up for the tests that follow. {@code e2e/run.sh} takes it down in the end. */
  @Test
  @Order(2)
  void aLabThatWasKilledWhileItCameUpCanBeStarted() {
    killWhileItComesUp();
    Phases.time("lab up after one that was killed", () -> succeed("lab/up.sh"));

    assertThat(succeed("kubectl get nodes --no-headers | awk '{ print $2 }' | xargs"))
        .isEqualTo("Ready Ready");
  }

  /**
   * Starts a lab and kills Vagrant, lxc and every process in the nodes at once, while kubeadm
   * works.
   */
  private static void killWhileItComesUp() {
    run(
        "setsid bash -c 'echo $$ >e2e/target/killed.pid; exec lab/up.sh' >e2e/target/killed.log 2>&1 &");
    Shell.eventually(Duration.ofMinutes(3), "grep -q 'node: load-images' e2e/target/killed.log");
    succeed(
        """
        kill -KILL -- -$(cat e2e/target/killed.pid)
        find /sys/fs/cgroup -path '*/lxc.*.mlops-primer-*' -name cgroup.procs -exec cat {} + | sort -u |
          xargs kill -KILL 2>/dev/null || true
        """);
    assertThat(succeed("ip link show mlops-primer && lxc-ls"))
        .as("what the killed lab left on the machine")
        .contains("mlops-primer");
  }
}
