package mlopsprimer.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static mlopsprimer.checks.Program.outputOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks of the repository's scripts, of the doctor and of the node inventory. No cluster is
 * needed.
 */
class ClusterScriptsTest {
  @TempDir Path directory;

  @Test
  void shellcheckAcceptsEveryScript() throws Exception {
    Assumptions.assumeTrue(
        System.getenv("CI") != null || Program.succeeds("command -v shellcheck"),
        "shellcheck is not installed");
    List<String> scripts = filesWith("^#!.*[ /](ba)?sh$|^# shellcheck shell=");
    assertThat(scripts)
        .hasSizeGreaterThan(20)
        .contains("lab/paths.sh")
        .anyMatch(script -> script.startsWith("node-provider/pulumi-resource-"));

    // SC1091: shellcheck cannot follow a sourced file whose path is known only at run time.
    assertThat(outputOf("shellcheck --exclude SC1091 " + String.join(" ", scripts))).isEmpty();
  }

  @Test
  void everyScriptsNameEndsWithItsLanguage() throws Exception {
    for (String script : filesWith("^#!/")) {
      String name = script.substring(script.lastIndexOf('/') + 1);
      boolean namedByOthers =
          script.equals(".ci/run")
              || script.contains("/usr/local/sbin/")
              || name.startsWith("pulumi-resource-")
              || name.equals("mvnw");
      assertThat(namedByOthers || name.endsWith(".sh") || name.endsWith(".py")).as(script).isTrue();
    }
  }

  /** Paths of the files whose text has a line that matches an extended regular expression. */
  private static List<String> filesWith(String expression) throws Exception {
    return outputOf(
            "grep -rlIE --exclude-dir=target '%s' cluster lab e2e scripts .ci bench infra node-provider"
                .formatted(expression))
        .lines()
        .sorted()
        .toList();
  }

  @Test
  void theShellReadsTheSameVersionsAsJava() throws Exception {
    Properties versions = new Properties();
    try (Reader file =
        Files.newBufferedReader(Program.ROOT.resolve("cluster/versions.properties"))) {
      versions.load(file);
    }

    assertThat(versions)
        .containsKeys("KUBERNETES_VERSION", "PULUMI_KUBERNETES_PLUGIN_VERSION", "BASE_IMAGE");
    for (String key : versions.stringPropertyNames()) {
      assertThat(outputOf(". cluster/versions.properties; printf %s \"$" + key + "\""))
          .as(key)
          .isEqualTo(versions.getProperty(key));
    }
  }

  @Test
  void theNodeInventoryIsSortedByName() throws Exception {
    assertThat(
            inventory(
                "c.put_node('kube-worker-1', 'worker', '192.168.56.21')",
                "c.put_node('kube-worker-1', 'worker', '192.168.56.22')",
                "c.put_node('kube-control-plane', 'control-plane', '192.168.56.10')"))
        .isEqualTo(
            """
            [
              {
                "name": "kube-control-plane",
                "role": "control-plane",
                "address": "192.168.56.10"
              },
              {
                "name": "kube-worker-1",
                "role": "worker",
                "address": "192.168.56.22"
              }
            ]
            """);
  }

  @Test
  void theNodeInventoryIsReadableForItsOwnerOnly() throws Exception {
    inventory("c.put_node('kube-control-plane', 'control-plane', '192.168.56.10')");

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("nodes.json"))))
        .isEqualTo("rw-------");
  }

  @Test
  void theNodeInventoryIsRemovedWithItsLastNode() throws Exception {
    assertThat(
            inventory(
                "c.put_node('kube-worker-1', 'worker', '192.168.56.21')",
                "c.remove_node('kube-worker-1')",
                "c.remove_node('kube-worker-2')"))
        .isEmpty();
    assertThat(directory.resolve("nodes.json")).doesNotExist();
  }

  /** The text of nodes.json after statements of Ruby, in which c is the open Cluster::Context. */
  private String inventory(String... statements) throws Exception {
    Assumptions.assumeTrue(
        System.getenv("CI") != null || Program.succeeds("command -v ruby"),
        "ruby is not installed");
    return outputOf(
        """
        ruby -e '
          module Vagrant; module Errors; class VagrantError < StandardError; end; end; end
          require "./cluster/host"
          Cluster::Context.send(:remove_const, :DIRECTORY)
          Cluster::Context::DIRECTORY = ARGV.first
          Cluster::Context.open { |c| %s }' '%s' && cat '%s/nodes.json' 2>/dev/null
        """
            .formatted(String.join("; ", statements).replace('\'', '"'), directory, directory));
  }

  @Test
  void kubectlForgetsTheKindsOfAClusterThatWasDestroyed() throws Exception {
    Path discovery = directory.resolve("discovery");
    for (String server : List.of("192.168.56.10_6443", "127.0.0.1_6443", "192.168.56.77_6443")) {
      Files.createDirectories(discovery.resolve(server).resolve("apps/v1"));
    }
    Path admin =
        Files.writeString(
            directory.resolve("admin.conf"), "    server: https://192.168.56.10:6443\n", UTF_8);
    Path local =
        Files.writeString(
            directory.resolve("local-admin.conf"), "    server: https://127.0.0.1:6443\n", UTF_8);

    assertThat(forgetDiscovery(directory, admin, local, directory.resolve("none.conf"))).isEmpty();
    assertThat(discovery).isDirectoryContaining(each -> each.endsWith("192.168.56.77_6443"));
    assertThat(discovery.toFile().list()).hasSize(1);
  }

  @Test
  void noServerOfAKubeconfigLeadsOutOfTheCacheOfKubectl() throws Exception {
    Path kept = Files.createDirectories(directory.resolve("kept/http"));
    Files.createDirectories(kept.resolveSibling("discovery/a"));
    for (String server : List.of("https://..", "https://../http", "https://", ".", "/")) {
      Path admin =
          Files.writeString(directory.resolve("admin.conf"), "server: " + server + "\n", UTF_8);

      assertThat(forgetDiscovery(kept.getParent(), admin)).as(server).isEmpty();
      assertThat(kept).as(server).exists();
      assertThat(kept.resolveSibling("discovery/a")).as(server).exists();
    }
  }

  /** What is printed when the discovery of the clusters of these kubeconfigs is forgotten. */
  private static String forgetDiscovery(Path cache, Path... kubeconfigs) throws Exception {
    Assumptions.assumeTrue(
        System.getenv("CI") != null || Program.succeeds("command -v ruby"),
        "ruby is not installed");
    return outputOf(
        "KUBECACHEDIR=%s ruby -r./cluster/discovery_cache -e 'Cluster::DiscoveryCache.forget(*ARGV)' %s 2>&1"
            .formatted(
                cache,
                Stream.of(kubeconfigs).map(Path::toString).collect(Collectors.joining(" "))));
  }

  @Test
  void noFileSkipsTheVerificationOfACertificate() throws Exception {
    assertThat(linesOfTheClusterWith("insecure-skip|unsafe-skip|discovery-token-unsafe|--insecure"))
        .isEmpty();
  }

  @Test
  void noFileHoldsAJoinToken() throws Exception {
    assertThat(linesOfTheClusterWith("\\b[a-z0-9]{6}\\.[a-z0-9]{16}\\b")).isEmpty();
  }

  /** Lines of the scripts, and of the files that they use, that match a regular expression. */
  private static String linesOfTheClusterWith(String expression) throws Exception {
    return outputOf(
        "grep -rnE --exclude=go.sum -e '%s' cluster lab Vagrantfile scripts || true"
            .formatted(expression));
  }

  @Test
  void theDoctorSuggestsAnotherPortIfThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String doctor =
          outputOf(
              "cluster/doctor.sh --before-up virtualbox kube-control-plane %d 2>&1 || true"
                  .formatted(taken.getLocalPort()));

      assertThat(doctor)
          .contains("port " + taken.getLocalPort(), "is taken", "export API_PORT=16443");
    }
  }

  @Test
  void theDoctorChecksTheAddressesThatVirtualBoxAllows() throws Exception {
    for (String range :
        List.of("* 192.168.56.0/21", "* 10.0.0.0/8, 192.168.0.0/16", "*\t0.0.0.0/0 ::/0")) {
      assertThat(addresses(range)).contains("192.168.56.0/24 is in");
    }
    for (String range :
        List.of("* 192.168.64.0/18", "* 192.168.56.0/25", "# * 0.0.0.0/0", "* ::/0")) {
      assertThat(addresses(range)).contains("not a range", "* 192.168.56.0/21");
    }
  }

  /** The lines that the doctor prints about addresses if networks.conf has these ranges. */
  private String addresses(String ranges) throws Exception {
    Path file = Files.writeString(directory.resolve("networks.conf"), ranges + "\n", UTF_8);
    return outputOf(
        "VAGRANT_DEFAULT_PROVIDER=virtualbox VBOX_NETWORKS=%s cluster/doctor.sh 2>&1 | grep -A 1 addresses"
            .formatted(file));
  }

  @Test
  void theDoctorSaysHowMuchMemoryIsMissing() throws Exception {
    assertThat(
            outputOf(
                "WORKER_MEMORY=99999999 cluster/doctor.sh --before-up virtualbox kube-worker-1 6443 2>&1 || true"))
        .contains("MB are free, 99999999 MB are needed", "WORKER_MEMORY=1536");
  }

  @ParameterizedTest
  @CsvSource({
    "400, 4000, ok, the cluster's certificates end on, none",
    "20, 4000, WARN, the cluster's certificates end on, run 'vagrant up'",
    "-1, 4000, FAIL, the cluster's certificates ended on, run 'vagrant up'",
    "20, 20, FAIL, the cluster's certificate authority ends on, run 'vagrant destroy'",
  })
  void theDoctorSaysWhenTheCertificatesEnd(
      int days, int daysOfTheAuthority, String status, String fact, String remedy)
      throws Exception {
    String row = rowOfCertificates(days, daysOfTheAuthority);

    assertThat(row).startsWith(status + " ").contains(fact);
    assertThat(row).containsPattern(" on [0-9]{4}-[01][0-9]-[0-3][0-9]\n");
    assertThat(row.contains("->")).as("remedy in: " + row).isNotEqualTo(remedy.equals("none"));
    assertThat(row.contains(remedy)).as(row).isEqualTo(!remedy.equals("none"));
  }

  @Test
  void theDoctorIsSilentAboutCertificatesIfThereIsNoCluster() throws Exception {
    copyTheDoctor();

    assertThat(outputOf("%s/cluster/doctor.sh 2>&1".formatted(directory)))
        .contains("memory")
        .doesNotContain("certificate", "admin.conf");
  }

  @Test
  void theDoctorDoesNotStopAVagrantUpThatRenewsTheCertificates() throws Exception {
    rowOfCertificates(-1, 4000);

    assertThat(
            outputOf(
                "%s/cluster/doctor.sh --before-up other kube-worker-1 6443 2>&1"
                    .formatted(directory)))
        .doesNotContain("certificate");
  }

  @Test
  void theDoctorSaysThatAKubeconfigCannotBeRead() throws Exception {
    copyTheDoctor();
    Path context = Files.createDirectory(directory.resolve("infra-context"));
    Files.writeString(context.resolve("admin.conf"), "apiVersion: v1\n", UTF_8);

    assertThat(outputOf("%s/cluster/doctor.sh 2>&1".formatted(directory)))
        .containsPattern("WARN +certificates +infra-context/admin.conf holds none");
  }

  /** The doctor's rows about certificates that end after so many days, in a checkout of its own. */
  private String rowOfCertificates(int days, int daysOfTheAuthority) throws Exception {
    copyTheDoctor();
    Files.createDirectory(directory.resolve("infra-context"));
    return outputOf(
        """
        cd %s
        certificate() {
          openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key.pem -subj "/CN=$1" -out request.pem 2>/dev/null
          openssl x509 -req -in request.pem -signkey key.pem -days "$2" 2>/dev/null | base64 --wrap 0
        }
        printf '    certificate-authority-data: %%s\n    client-certificate-data: %%s\n' \
          "$(certificate ca %d)" "$(certificate admin %d)" >infra-context/admin.conf
        cluster/doctor.sh 2>&1 | grep -A 1 certificates | grep -e certificate -e '->'
        """
            .formatted(directory, daysOfTheAuthority, days));
  }

  /** Copies the doctor to a directory, which it takes for its checkout. */
  private void copyTheDoctor() throws Exception {
    Path copy = Files.createDirectory(directory.resolve("cluster")).resolve("doctor.sh");
    Files.copy(Program.ROOT.resolve("cluster/doctor.sh"), copy, StandardCopyOption.COPY_ATTRIBUTES);
  }
}
