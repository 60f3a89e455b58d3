package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.run;
import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

@Order(1)
@DisabledIfEnvironmentVariable(named = "E2E_REUSE", matches = "1")
class LeftoversTest {
  /** A lab that is left is taken down here; the one that is made here, by e2e/run.sh. */
  @Test
  void downLeavesNothingAndARunThatWasKilledIsRecoveredFrom() {
    succeed("lab/down.sh");
    assertThat(succeed("e2e/list-leftovers.sh")).isEmpty();

    killWhileItComesUp();
    Phases.time("lab up after one that was killed", () -> succeed("lab/up.sh"));
    assertThat(succeed("kubectl get nodes --no-headers | awk '{ print $2 }' | xargs"))
        .isEqualTo("Ready Ready");
  }

  /**
   * Everything dies at once, in the middle of kubeadm's work: Vagrant, lxc and all in the nodes.
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
    assertThat(succeed("ip link show mlops-primer && lxc-ls")).contains("mlops-primer");
  }
}
