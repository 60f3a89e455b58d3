package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.run;
import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Lab.class)
class LeftoversTest {
  @Test
  void downLeavesNothingAndARunThatWasKilledIsRecoveredFrom() {
    Phases.time("lab down", () -> succeed("lab/down"));
    assertThat(succeed("e2e/leftovers")).isEmpty();

    killWhileItComesUp();
    Phases.time("lab up after one that was killed", () -> succeed("lab/up"));
    assertThat(succeed("kubectl get nodes --no-headers | awk '{ print $2 }' | xargs"))
        .isEqualTo("Ready Ready");
    Probe.install();
  }

  /**
   * Everything dies at once, in the middle of kubeadm's work: Vagrant, lxc and all in the nodes.
   */
  private static void killWhileItComesUp() {
    run("setsid lab/up >e2e/target/killed.log 2>&1 & echo");
    Shell.eventually(Duration.ofMinutes(3), "grep -q 'node: images' e2e/target/killed.log");
    succeed(
        """
        pkill -KILL -f '^bash .*lab/up' || true
        pkill -KILL -f '[v]agrant up' || true
        pkill -KILL -f '[l]xc monitor.*mlops-primer' || true
        for cgroup in /sys/fs/cgroup/*/lxc.payload.mlops-primer-* /sys/fs/cgroup/lxc.payload.mlops-primer-*; do
          find "$cgroup" -name cgroup.procs -exec cat {} + 2>/dev/null | sort -u | xargs --no-run-if-empty kill -KILL 2>/dev/null || true
        done
        """);
    assertThat(succeed("ip link show mlops-primer && lxc-ls")).contains("mlops-primer");
  }
}
