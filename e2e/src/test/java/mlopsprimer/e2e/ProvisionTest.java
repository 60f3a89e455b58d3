package mlopsprimer.e2e;

import static mlopsprimer.e2e.Lab.NODES;
import static mlopsprimer.e2e.Shell.on;
import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Provisioning of nodes that are already provisioned. */
@LastOfCore
@ExtendWith(Lab.class)
class ProvisionTest {
  @Test
  void provisioningAgainChangesNothing() {
    List<String> before = NODES.stream().map(ProvisionTest::everythingThatCouldChange).toList();

    String up = succeed("vagrant up");
    String provision = Phases.time("provision again", () -> succeed("vagrant provision"));

    assertThat(NODES.stream().map(ProvisionTest::everythingThatCouldChange).toList())
        .isEqualTo(before)
        .allSatisfy(node -> assertThat(node).containsPattern("\n[0-9a-f]{64} [0-9]+\n"));
    assertThat(up + provision).doesNotContain("kubeadm init", "[preflight]", "/etc/");
  }

  @Test
  void aNodeKeepsTheVersionOfItsCluster() {
    Shell.Result provision =
        Shell.run("BUNDLE= KUBERNETES_VERSION=1.34.2 vagrant provision " + Lab.WORKER);

    assertThat(provision.exit()).isNotZero();
    assertThat(provision.output())
        .contains("belongs to a cluster of Kubernetes 1.35.", "nothing was installed");
  }

  /**
   * Files, certificates, the processes of the node and of the control plane, images, routes to
   * other nodes. Containers that have ended and containers of the stack are left out, because the
   * kubelet may remove them at any time.
   */
  private static String everythingThatCouldChange(String node) {
    return on(
        node,
        """
        find /etc /opt/cni /usr/bin /usr/local -type f ! -path '/etc/mtab' -printf '%p %TY-%Tm-%TdT%TT\\n' | sort
        systemctl show -p MainPID,ActiveEnterTimestamp kubelet containerd
        join <(ctr --namespace k8s.io containers ls --quiet 'labels."io.kubernetes.pod.namespace"==kube-system' | sort) \\
          <(ctr --namespace k8s.io tasks ls | awk '$3 == "RUNNING" { print $1, $2 }' | sort)
        ctr --namespace k8s.io images ls --quiet | sort
        ip route | grep ' via ' | sort
        iptables-save -t nat | grep POSTROUTING | grep MASQ
        """);
  }
}
