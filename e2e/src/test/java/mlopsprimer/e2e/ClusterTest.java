package mlopsprimer.e2e;

import static mlopsprimer.e2e.Lab.ADDRESSES;
import static mlopsprimer.e2e.Lab.CONTROL_PLANE;
import static mlopsprimer.e2e.Lab.NODES;
import static mlopsprimer.e2e.Lab.WORKER;
import static mlopsprimer.e2e.Shell.on;
import static mlopsprimer.e2e.Shell.run;
import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties of a cluster that {@code vagrant up} has made. */
@ExtendWith({Lab.class, Probe.class})
class ClusterTest {
  private static final Path CONTEXT = Shell.ROOT.resolve("infra-context");

  @Test
  void bothNodesAreReadyAtTheirAddresses() {
    assertThat(
            succeed("kubectl get nodes --no-headers -o wide | awk '{ print $1, $2, $6 }' | sort"))
        .isEqualTo("kube-control-plane Ready 192.168.56.10\nkube-worker-1 Ready 192.168.56.21");
  }

  @Test
  void podsOnEveryNodeResolveTheNameOfAService() {
    for (String node : NODES) {
      assertThat(Probe.in(node, "/bin/busybox nslookup probe.probe.svc.cluster.local"))
          .contains("Address");
    }
  }

  @Test
  void podsOnEveryNodeReachAService() {
    for (String node : NODES) {
      assertThat(Probe.in(node, "/bin/busybox wget -q -O - http://probe.probe.svc.cluster.local/"))
          .isIn(NODES);
    }
  }

  @Test
  void podsReachPodsOnTheOtherNodeByAddress() {
    Probe.assertThatPodsReachOtherNodes();
  }

  @Test
  void aNodePortAnswersOnEveryNode() {
    for (String address : ADDRESSES) {
      assertThat(Probe.answerOf(address)).isIn(NODES);
    }
  }

  @Test
  void theApiServersCertificateIsValidForEveryNameAndAddress() {
    String ca =
        "<(kubectl config view --raw -o jsonpath='{.clusters[0].cluster.certificate-authority-data}' | base64 -d)";
    for (String url :
        new String[] {
          "https://127.0.0.1:6443",
          "https://localhost:6443",
          "https://192.168.56.10:6443",
          "--resolve kube-control-plane:6443:192.168.56.10 https://kube-control-plane:6443"
        }) {
      assertThat(succeed("curl --silent --fail --cacert %s %s/version".formatted(ca, url)))
          .contains("gitVersion");
    }
  }

  @Test
  void onlyTheClustersCaVerifiesTheApiServer() {
    assertThat(run("curl --silent https://127.0.0.1:6443/version").exit())
        .as("curl's exit code without the cluster's CA")
        .isEqualTo(60);
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin.conf", "local-admin.conf"})
  void aKubeconfigReachesTheCluster(String config) {
    assertThat(succeed("kubectl --kubeconfig infra-context/" + config + " get nodes -o name"))
        .contains("node/kube-control-plane");
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin.conf", "local-admin.conf"})
  void aKubeconfigDoesNotSkipVerification(String config) throws IOException {
    assertThat(Files.readString(CONTEXT.resolve(config))).doesNotContain("insecure");
  }

  @Test
  void theLocalKubeconfigUsesTheForwardedPort() throws IOException {
    assertThat(Files.readString(CONTEXT.resolve("local-admin.conf")))
        .contains("server: https://127.0.0.1:6443");
  }

  @Test
  void onlyTheOwnerCanReadTheFilesThatOpenTheCluster() throws IOException {
    try (Stream<Path> files = Files.list(CONTEXT)) {
      assertThat(files)
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .as(file.toString())
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void gitIgnoresTheFilesThatOpenTheCluster() {
    assertThat(succeed("git check-ignore infra-context/admin.conf .vagrant")).hasLineCount(2);
  }

  @Test
  void theInventoryNamesEveryNodeWithItsRoleAndAddress() throws IOException {
    JsonArray nodes =
        JsonParser.parseString(Files.readString(CONTEXT.resolve("nodes.json"))).getAsJsonArray();

    assertThat(nodes)
        .hasToString(
            "[{\"name\":\"kube-control-plane\",\"role\":\"control-plane\",\"address\":\"192.168.56.10\"},"
                + "{\"name\":\"kube-worker-1\",\"role\":\"worker\",\"address\":\"192.168.56.21\"}]");
  }

  @Test
  void noFileOfANodeHoldsAJoinToken() {
    assertThat(
            on(
                CONTROL_PLANE,
                "grep -rlE '\\b[a-z0-9]{6}\\.[a-z0-9]{16}\\b' /etc/kubernetes /etc/kubeadm /var/log/kubernetes || true"))
        .isEmpty();
    assertThat(
            on(
                WORKER,
                "grep -rlE '\\b[a-z0-9]{6}\\.[a-z0-9]{16}\\b' /etc/kubernetes /etc/kubeadm || true"))
        .isEmpty();
  }

  @Test
  void noJoinTokenIsValidForMoreThanFiveMinutes() {
    assertThat(
            on(
                CONTROL_PLANE,
                "kubeadm token list -o jsonpath='{.expires}{\"\\n\"}' | while read -r t; do"
                    + " [ $(($(date -d \"$t\" +%s) - $(date +%s))) -le 300 ] || echo \"$t\"; done"))
        .as("times at which tokens expire, more than five minutes from now")
        .isEmpty();
  }

  @Test
  void anonymousRequestsToTheApiServerAreRefused() {
    assertThat(
            succeed(
                "curl --silent --insecure -o /dev/null -w '%{http_code}' https://192.168.56.10:6443/api"))
        .as("status of an anonymous request")
        .isEqualTo("403");
  }

  @Test
  void profilingOfTheApiServerIsOff() {
    assertThat(succeed("kubectl get --raw /debug/pprof/ 2>&1 || true")).contains("NotFound");
  }

  @Test
  void onlyRootCanReadTheControlPlanesKubeconfig() {
    assertThat(on(CONTROL_PLANE, "stat -c %a /etc/kubernetes/admin.conf")).isEqualTo("600");
  }

  @Test
  void theAuditLogHasEntries() {
    assertThat(on(CONTROL_PLANE, "wc -l </var/log/kubernetes/audit.log")).isNotEqualTo("0");
  }

  @Test
  void theKubeletsRotateTheirCertificatesAndKeepAllImages() {
    for (String node : NODES) {
      assertThat(
              on(
                  node,
                  "grep -E 'rotateCertificates|imageGCHigh|serverTLSBootstrap' /var/lib/kubelet/config.yaml"))
          .contains("rotateCertificates: true", "imageGCHighThresholdPercent: 100")
          .doesNotContain("serverTLSBootstrap: true");
    }
  }

  @Test
  void aPrivilegedPodIsRefusedOutsideKubeSystem() {
    String overrides =
        "--overrides='{\"spec\":{\"containers\":[{\"name\":\"p\",\"image\":\"localhost/probe:1\",\"securityContext\":{\"privileged\":true}}]}}'";
    assertThat(
            run("kubectl run p --image localhost/probe:1 --dry-run=server " + overrides).output())
        .contains("violates PodSecurity");
  }

  @Test
  void sshToTheNodesIsStrictAboutHostKeys() {
    assertThat(succeed("ssh -F infra-context/ssh-config kube-worker-1 hostname")).isEqualTo(WORKER);
    assertThat(
            run("sed 's/^kube-worker-1.* /& AAAA/' infra-context/known_hosts > e2e/target/wrong_hosts;"
                    + " ssh -F infra-context/ssh-config -o UserKnownHostsFile=e2e/target/wrong_hosts kube-worker-1 true")
                .output())
        .contains("Host key verification failed");
  }

  @Test
  void aNodeWithAnotherHostKeyThanBeforeIsRefused() {
    succeed(
        "cp -p infra-context/known_hosts e2e/target/ && sed -i 's/^\\(kube-worker-1.*\\) .*/\\1 AAAA/' infra-context/known_hosts");
    try {
      Shell.Result up = run("vagrant up " + WORKER);

      assertThat(up.exit()).isNotZero();
      assertThat(up.output()).contains("has another host key", "vagrant provision " + WORKER);
    } finally {
      succeed("mv e2e/target/known_hosts infra-context/");
    }
  }
}
