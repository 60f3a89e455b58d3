package mlopsprimer.e2e;

import static mlopsprimer.e2e.Lab.CONTROL_PLANE;
import static mlopsprimer.e2e.Lab.NODES;
import static mlopsprimer.e2e.Shell.on;
import static mlopsprimer.e2e.Shell.run;
import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Validity and renewal of the cluster's certificates. */
@IfTimeIsLeft
@ExtendWith(Lab.class)
class CertificatesTest {
  private static final Duration HALF_A_YEAR = Duration.ofDays(182);
  private static final Duration NINE_YEARS = Duration.ofDays(9 * 365);

  @Test
  void everyCertificateOfTheControlPlaneIsValidForHalfAYear() {
    assertThat(ends("certificates")).hasSize(11).allSatisfy(end -> isAfter(HALF_A_YEAR, end));
  }

  @Test
  void everyAuthorityIsValidForNineYears() {
    assertThat(ends("certificateAuthorities"))
        .hasSize(3)
        .allSatisfy(end -> isAfter(NINE_YEARS, end));
  }

  @Test
  void theDoctorSaysWhenTheCertificatesEnd() {
    assertThat(run("cluster/doctor.sh").output())
        .containsPattern("ok +certificates +the cluster's certificates end on [0-9-]{10}\n");
  }

  /**
   * The state after the machine was off for more than a year: the certificates of the control plane
   * and of every kubelet have ended. The kubelets start again, as after a boot.
   */
  @Test
  void aClusterWhoseCertificatesHaveEndedIsRenewedByVagrantUp() {
    on(
        CONTROL_PLANE,
        """
        sed 's/^kind: ClusterConfiguration/&\\ncertificateValidityPeriod: 1s/' /etc/kubeadm/init.yaml >/root/short.yaml
        for node in %s; do
          kubeadm kubeconfig user --config /etc/kubeadm/init.yaml --validity-period 1s --org system:nodes --client-name system:node:$node |
            sed -n -E 's/^ *client-(certificate|key)-data: //p' | while read -r data; do base64 -d <<<"$data"; done >/root/$node.pem
        done
        kubeadm certs renew all --config /root/short.yaml >/dev/null
        rm /root/short.yaml
        """
            .formatted(String.join(" ", NODES)));
    for (String node : NODES) {
      succeed(
          "ssh -F infra-context/ssh-config %s sudo cat /root/%s.pem | ssh -F infra-context/ssh-config %s sudo tee /var/lib/kubelet/pki/kubelet-client-current.pem >/dev/null"
              .formatted(CONTROL_PLANE, node, node));
      on(node, "systemctl restart kubelet");
    }
    on(CONTROL_PLANE, "rm /root/kube-*.pem");
    assertThat(
            on(
                CONTROL_PLANE,
                "kubectl --kubeconfig /etc/kubernetes/admin.conf get nodes 2>&1 || true"))
        .as("kubectl with a certificate that has ended")
        .containsAnyOf("certificate has expired", "logged in to the server");

    String up = Phases.time("up with ended certificates", () -> succeed("vagrant up"));

    assertThat(up).contains("renewing all");
    for (String node : NODES) {
      assertThat(up).contains("the kubelet on " + node + " had ended", node + " is Ready");
    }
    everyCertificateOfTheControlPlaneIsValidForHalfAYear();
    theDoctorSaysWhenTheCertificatesEnd();
    assertThat(succeed("kubectl get nodes --no-headers | awk '{ print $1, $2 }' | sort"))
        .isEqualTo("kube-control-plane Ready\nkube-worker-1 Ready");
    assertThat(succeed("vagrant up")).as("the next run").doesNotContain("renew");
  }

  /** Times at which the certificates or the authorities end, according to kubeadm. */
  private static Stream<Instant> ends(String kind) {
    return on(
            CONTROL_PLANE,
            "kubeadm certs check-expiration --config /etc/kubeadm/init.yaml -o jsonpath='{range .%s[*]}{.expirationDate}{\"\\n\"}{end}'"
                .formatted(kind))
        .lines()
        .map(Instant::parse);
  }

  private static void isAfter(Duration period, Instant end) {
    assertThat(end).isAfter(Instant.now().plus(period));
  }
}
