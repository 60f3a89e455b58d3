package mlopsprimer.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks of the repository's scripts that need no cluster. */
class ClusterScriptsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path directory;

  @Test
  void shellcheckHasNothingToSayAboutAnyScript() throws Exception {
    Assumptions.assumeTrue(
        System.getenv("CI") != null || succeeds("command -v shellcheck"),
        "shellcheck is not installed");
    List<String> scripts = filesWith("^#!.*[ /](ba)?sh$|^# shellcheck shell=");
    assertThat(scripts)
        .hasSizeGreaterThan(20)
        .contains("lab/paths.sh")
        .anyMatch(script -> script.startsWith("node-provider/pulumi-resource-"));

    // SC1091: shellcheck cannot follow a sourced file whose path is known only at run time.
    assertThat(output("shellcheck --exclude SC1091 " + String.join(" ", scripts))).isEmpty();
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
    return output(
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
      assertThat(output(". cluster/versions.properties; printf %s \"$" + key + "\""))
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

  /** The text of nodes.json after these statements of Ruby, in which c is the context. */
  private String inventory(String... statements) throws Exception {
    Assumptions.assumeTrue(
        System.getenv("CI") != null || succeeds("command -v ruby"), "ruby is not installed");
    return output(
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
  void noScriptOrFileHoldsATokenOrSkipsVerification() throws Exception {
    assertThat(
            output(
                "grep -rnE --exclude=go.sum"
                    + " 'insecure-skip|unsafe-skip|discovery-token-unsafe|--insecure|\\b[a-z0-9]{6}\\.[a-z0-9]{16}\\b'"
                    + " cluster lab Vagrantfile scripts || true"))
        .isEmpty();
  }

  @Test
  void theDoctorNamesThePortThatIsTakenAndAnother() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String doctor =
          output(
              "cluster/doctor.sh --before-up virtualbox kube-control-plane %d 2>&1 || true"
                  .formatted(taken.getLocalPort()));

      assertThat(doctor)
          .contains("port " + taken.getLocalPort(), "is taken", "export API_PORT=16443");
    }
  }

  @Test
  void theDoctorKnowsWhichAddressesVirtualBoxAllows() throws Exception {
    for (String range :
        List.of("* 192.168.56.0/21", "* 10.0.0.0/8, 192.168.0.0/16", "*\t0.0.0.0/0 ::/0")) {
      assertThat(addresses(range)).contains("192.168.56.0/24 is in");
    }
    for (String range :
        List.of("* 192.168.64.0/18", "* 192.168.56.0/25", "# * 0.0.0.0/0", "* ::/0")) {
      assertThat(addresses(range)).contains("not a range", "* 192.168.56.0/21");
    }
  }

  private String addresses(String ranges) throws Exception {
    Path file = Files.writeString(directory.resolve("networks.conf"), ranges + "\n", UTF_8);
    return output(
        "VAGRANT_DEFAULT_PROVIDER=virtualbox VBOX_NETWORKS=%s cluster/doctor.sh 2>&1 | grep -A 1 addresses"
            .formatted(file));
  }

  @Test
  void theDoctorSaysHowMuchMemoryIsMissing() throws Exception {
    assertThat(
            output(
                "WORKER_MEMORY=99999999 cluster/doctor.sh --before-up virtualbox kube-worker-1 6443 2>&1 || true"))
        .contains("MB are free, 99999999 MB are needed", "WORKER_MEMORY=1536");
  }

  @Test
  void theDoctorRefusesABundleWithoutAManifest() throws Exception {
    assertThat(output("BUNDLE=%s cluster/doctor.sh 2>&1 || true".formatted(directory)))
        .contains("holds no manifest.sha256", "make bundle");
  }

  @Test
  void aBundleIsRefusedForAByteOrAFileThatItsManifestDoesNotKnow() throws Exception {
    Files.createDirectories(directory.resolve("bin"));
    Files.writeString(directory.resolve("bin/kubelet"), "kubelet", UTF_8);
    assertThat(verify()).contains("no manifest.sha256");

    assertThat(output("cluster/write-checksums.sh " + directory)).isEmpty();
    assertThat(verify()).isEqualTo("verified\n");

    Files.writeString(directory.resolve("bin/extra"), "extra", UTF_8);
    assertThat(verify()).contains("not in the manifest: ./bin/extra", "nothing was installed");

    Files.delete(directory.resolve("bin/extra"));
    Files.writeString(directory.resolve("bin/kubelet"), "kubelex", UTF_8);
    assertThat(verify()).contains("./bin/kubelet: FAILED", "nothing was installed");

    Files.delete(directory.resolve("bin/kubelet"));
    assertThat(verify()).contains("./bin/kubelet", "nothing was installed");
  }

  @Test
  void aBundleIsSealedAndVerifiedWhereThereIsNoSha256sum() throws Exception {
    Assumptions.assumeTrue(succeeds("command -v shasum"), "shasum is not installed");
    Files.createDirectories(directory.resolve("bin"));
    Files.writeString(directory.resolve("bin/kubelet"), "kubelet", UTF_8);
    // The programs are linked in offline/, because a manifest leaves that directory out.
    String others = "bash comm cut dirname env find grep head mv paste perl shasum sort xargs";
    output(
        """
        mkdir %1$s/offline && cd %1$s/offline && for program in %2$s; do
          printf '#!/bin/sh\\nexec %%s "$@"\\n' "$(command -v $program)" >$program && chmod +x $program
        done
        """
            .formatted(directory, others));

    assertThat(output("PATH=%1$s/offline cluster/write-checksums.sh %1$s".formatted(directory)))
        .isEmpty();
    String verify =
        "PATH=%1$s/offline BUNDLE=%1$s cluster/node/verify-bundle.sh 2>&1".formatted(directory);
    assertThat(output(verify + " && echo verified")).isEqualTo("verified\n");
    Files.writeString(directory.resolve("bin/kubelet"), "kubelex", UTF_8);
    assertThat(output(verify)).contains("./bin/kubelet: FAILED", "nothing was installed");
  }

  @Test
  void aBundleOfAnotherVersionIsRefused() throws Exception {
    Path kubelet = Files.createDirectories(directory.resolve("bin")).resolve("kubelet");
    Files.writeString(kubelet, "#!/bin/sh\necho Kubernetes v1.34.2\n", UTF_8);
    assertThat(kubelet.toFile().setExecutable(true)).isTrue();

    assertThat(
            output(
                "BUNDLE=%s KUBERNETES_VERSION=1.35.4 NODE_NAME=node cluster/node/check-version.sh 2>&1"
                    .formatted(directory)))
        .contains("holds Kubernetes 1.34.2, but 1.35.4 was requested", "KUBERNETES_VERSION=1.34.2");
  }

  @Test
  void aHalfBuiltPartOfTheLabIsMadeAgainAndAWholeOneIsKept() throws Exception {
    Path part = directory.resolve("mlops-primer/lab/part");

    fill("touch $1/half; kill -KILL $$");
    assertThat(part).doesNotExist();
    assertThat(fill("touch $1/whole")).isEqualTo("lab: making part\nwhole\n");
    assertThat(fill("false")).isEqualTo("whole\n");

    Files.delete(directory.resolve("mlops-primer/lab/part.key"));
    assertThat(fill("touch $1/again; false")).isEqualTo("lab: making part\n");
    assertThat(fill("touch $1/again")).isEqualTo("lab: making part\nagain\n");
  }

  /** Lists a part of the lab's cache after fill() ran with a command of the shell. */
  private String fill(String command) throws Exception {
    return output(
        "XDG_CACHE_HOME=%s bash -euo pipefail -c '. lab/paths.sh; make() { %s; }; fill part key make; ls $CACHE/part' 2>&1"
            .formatted(directory, command));
  }

  @Test
  void aLabThatAnotherCheckoutMadeIsKnown() throws Exception {
    labIsUp();
    Path other = Files.createDirectories(directory.resolve("other/lab")).getParent();
    Path down = Files.writeString(other.resolve("lab/down.sh"), "#!/bin/sh\n", UTF_8);
    Path owner = Files.createDirectories(directory.resolve("mlops-primer/lab")).resolve("owner");
    String rival =
        "PATH=%1$s:$PATH XDG_CACHE_HOME=%1$s; . lab/paths.sh; rival".formatted(directory);

    assertThat(output(rival)).as("no owner").isEmpty();
    Files.writeString(owner, other + "\n", UTF_8);
    assertThat(output(rival)).as("the owner's checkout no longer exists").isEmpty();
    assertThat(down.toFile().setExecutable(true)).isTrue();
    assertThat(output(rival)).isEqualTo(other + "\n");
    Files.writeString(owner, Program.ROOT + "\n", UTF_8);
    assertThat(output(rival)).as("this checkout is the owner").isEmpty();
  }

  @Test
  void theEndToEndTestsRefuseWhileALabIsUp() throws Exception {
    labIsUp();

    assertThat(output("PATH=%s:$PATH E2E_REUSE= e2e/run.sh 2>&1".formatted(directory)))
        .isEqualTo(
            "e2e: a lab is up: run 'make lab-down' first, or 'E2E_REUSE=1 make e2e' to test on that lab\n");
  }

  /** Makes a lab seem up for scripts that have this directory first in their path. */
  private void labIsUp() throws Exception {
    Path list = directory.resolve("lxc-ls");
    Files.writeString(list, "#!/bin/sh\necho mlops-primer-kube-control-plane\n", UTF_8);
    assertThat(list.toFile().setExecutable(true)).isTrue();
  }

  private String verify() throws Exception {
    return output(
        "BUNDLE=%s LC_ALL=C cluster/node/verify-bundle.sh 2>&1 && echo verified || true"
            .formatted(directory));
  }

  private static boolean succeeds(String command) throws Exception {
    try (Program program = Program.shell(command, Map.of())) {
      return program.exitCode(PATIENCE) == 0;
    }
  }

  private static String output(String command) throws Exception {
    try (Program program = Program.shell(command, Map.of())) {
      program.exitCode(PATIENCE);
      return program.output();
    }
  }
}
