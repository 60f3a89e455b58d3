package mlopsprimer.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Renewal of a cluster's certificates by the node's scripts and a real kubeadm. The other programs
 * of a node are replaced by programs that record what they are told. Without kubeadm (the lab
 * builds one) or the right to make a mount namespace, the tests are skipped.
 */
class CertificatesTest {
  private static final String PROJECTS_OWN = "";
  private static final String A_HUNDRED_DAYS = "2400h";
  private static final String ENDED = "1s";

  @TempDir Path directory;

  @Test
  void aNewClustersCertificatesAreValidForAYear() throws Exception {
    assertThat(pretend(PROJECTS_OWN, "certificates"))
        .hasLineCount(11)
        .contains("apiserver", "admin.conf", "etcd-server", "front-proxy-client")
        .satisfies(CertificatesTest::areAllNew);
  }

  @Test
  void certificatesThatLastForMoreThanHalfAYearAreNotChanged() throws Exception {
    assertThat(
            pretend(
                PROJECTS_OWN,
                "state >$TMPDIR/before; $node/renew-certificates.sh; state | diff $TMPDIR/before -"))
        .isEmpty();
  }

  @Test
  void certificatesThatEndSoonAreRenewed() throws Exception {
    assertThat(pretend(A_HUNDRED_DAYS, "$node/renew-certificates.sh >$TMPDIR/output; certificates"))
        .hasLineCount(11)
        .satisfies(CertificatesTest::areAllNew);
  }

  @Test
  void certificatesThatHaveEndedAreRenewed() throws Exception {
    assertThat(pretend(ENDED, "sleep 2; $node/renew-certificates.sh >$TMPDIR/output; certificates"))
        .hasLineCount(11)
        .satisfies(CertificatesTest::areAllNew);
  }

  @Test
  void aRenewalRestartsEachComponentOnce() throws Exception {
    assertThat(
            pretend(
                A_HUNDRED_DAYS,
                "$node/renew-certificates.sh; $node/renew-certificates.sh; cd $TMPDIR/containers; grep -H . *"))
        .containsOnlyOnce("renewing all")
        .endsWith("etcd:2\nkube-apiserver:2\nkube-controller-manager:2\nkube-scheduler:2\n");
  }

  @Test
  void aRenewalThatWasInterruptedIsFinished() throws Exception {
    assertThat(
            pretend(
                A_HUNDRED_DAYS,
                """
                mv $TMPDIR/bin/ctr $TMPDIR/ctr
                $node/renew-certificates.sh 2>/dev/null || echo interrupted
                mv $TMPDIR/ctr $TMPDIR/bin/ctr
                $node/renew-certificates.sh
                cat $TMPDIR/containers/*
                ls /etc/kubeadm
                """))
        .contains("interrupted\n")
        .endsWith("2\n2\n2\n2\ninit.yaml\ninitialised\n");
  }

  @Test
  void aKubeletWhoseCertificateHasEndedGetsAnotherOne() throws Exception {
    assertThat(
            pretend(
                PROJECTS_OWN,
                """
                current=/var/lib/kubelet/pki/kubelet-client-current.pem
                $node/has-kubelet-certificate-ended.sh || echo "none yet"
                $node/issue-kubelet-certificate.sh kube-worker-1 | $node/install-kubelet-certificate.sh
                $node/has-kubelet-certificate-ended.sh || echo "valid"
                openssl verify -CAfile /etc/kubernetes/pki/ca.crt $current
                openssl x509 -noout -subject -in $current | tr -d ' '
                stat --dereference --format %a $current
                test -L $current && echo link
                """))
        .startsWith("none yet\nsystemctl restart kubelet\n")
        .contains("valid\n", ".pem: OK\n", "subject=O=system:nodes,CN=system:node:kube-worker-1\n")
        .endsWith("600\nlink\n");
  }

  @Test
  void aKubeletsCertificateThatHasEndedIsNoticed() throws Exception {
    assertThat(
            pretend(
                PROJECTS_OWN,
                """
                kubeadm kubeconfig user --client-name x --validity-period 1s --config /etc/kubeadm/init.yaml >$TMPDIR/conf
                sed -n 's/^ *client-certificate-data: //p' $TMPDIR/conf | base64 -d >/var/lib/kubelet/pki/kubelet-client-current.pem
                sleep 2
                $node/has-kubelet-certificate-ended.sh && echo ended
                """))
        .endsWith("ended\n");
  }

  @Test
  void aKubeletsCertificateThatDoesNotArriveLeavesTheOldOne() throws Exception {
    assertThat(
            pretend(
                PROJECTS_OWN,
                "$node/install-kubelet-certificate.sh </dev/null 2>&1 || true; ls /var/lib/kubelet/pki"))
        .contains("received no certificate")
        .doesNotContain("kubelet-client-current", "systemctl")
        .endsWith("see the error above\n");
  }

  private static void areAllNew(String certificates) {
    assertThat(certificates.lines()).allSatisfy(line -> assertThat(line).startsWith("365 "));
  }

  /** The output of bash commands on a control plane that kubeadm made certificates for. */
  private String pretend(String validity, String commands) throws Exception {
    Optional<Path> kubeadm = kubeadm();
    assumeTrue(kubeadm.isPresent(), "kubeadm is not installed, and no lab was made");
    assumeTrue(
        Program.succeeds("unshare --map-root-user --mount mount -t tmpfs tmpfs /mnt"),
        "this user may not make a mount namespace");
    try (Program control =
        Program.shell(
            "exec unshare --map-root-user --mount bash checks/src/test/resources/pretend-control-plane.sh \"$@\"",
            Map.of("TMPDIR", directory.toString()),
            kubeadm.get().toString(),
            validity,
            commands)) {
      control.exitCode(Duration.ofMinutes(1));
      return control.output();
    }
  }

  private static Optional<Path> kubeadm() {
    String cache =
        System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
    return Stream.of(
            Path.of(cache, "mlops-primer/lab/toolchain/kubernetes/kubeadm"),
            Path.of("/usr/bin/kubeadm"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
