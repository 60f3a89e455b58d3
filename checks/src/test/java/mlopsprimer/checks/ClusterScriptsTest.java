package mlopsprimer.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts around the cluster, as far as they can be judged without one. */
class ClusterScriptsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path directory;

  @Test
  void shellcheckHasNothingToSayAboutAnyScript() throws Exception {
    Assumptions.assumeTrue(
        System.getenv("CI") != null || succeeds("command -v shellcheck"), "no shellcheck here");
    List<String> scripts =
        output(
                "grep -rlIE --exclude-dir=target '^#!.*[ /](ba)?sh$|^# shellcheck shell='"
                    + " cluster lab e2e scripts .ci bench node-provider")
            .lines()
            .sorted()
            .toList();
    assertThat(scripts)
        .hasSizeGreaterThan(20)
        .contains("lab/paths.sh", "node-provider/pulumi-resource-node-provider");

    // SC1091: a file that is sourced by a path that only the script knows.
    assertThat(output("shellcheck --exclude SC1091 " + String.join(" ", scripts))).isEmpty();
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
              "cluster/doctor --before-up virtualbox kube-control-plane %d 2>&1 || true"
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
        "VAGRANT_DEFAULT_PROVIDER=virtualbox VBOX_NETWORKS=%s cluster/doctor 2>&1 | grep -A 1 addresses"
            .formatted(file));
  }

  @Test
  void theDoctorSaysHowMuchMemoryIsMissing() throws Exception {
    assertThat(
            output(
                "WORKER_MEMORY=99999999 cluster/doctor --before-up virtualbox kube-worker-1 6443 2>&1 || true"))
        .contains("MB are free, 99999999 MB are needed", "WORKER_MEMORY=1536");
  }

  @Test
  void theDoctorRefusesABundleWithoutAManifest() throws Exception {
    assertThat(output("BUNDLE=%s cluster/doctor 2>&1 || true".formatted(directory)))
        .contains("holds no manifest.sha256", "make bundle");
  }

  @Test
  void aBundleIsRefusedForAByteOrAFileThatItsManifestDoesNotKnow() throws Exception {
    Files.createDirectories(directory.resolve("bin"));
    Files.writeString(directory.resolve("bin/kubelet"), "kubelet", UTF_8);
    assertThat(verify()).contains("no manifest.sha256");

    assertThat(output("cluster/seal " + directory)).isEmpty();
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
    Assumptions.assumeTrue(succeeds("command -v shasum"), "no shasum here");
    Files.createDirectories(directory.resolve("bin"));
    Files.writeString(directory.resolve("bin/kubelet"), "kubelet", UTF_8);
    // In offline/, which a manifest leaves out.
    String others = "bash comm cut dirname env find grep head mv paste perl shasum sort xargs";
    output(
        """
        mkdir %1$s/offline && cd %1$s/offline && for program in %2$s; do
          printf '#!/bin/sh\\nexec %%s "$@"\\n' "$(command -v $program)" >$program && chmod +x $program
        done
        """
            .formatted(directory, others));

    assertThat(output("PATH=%1$s/offline cluster/seal %1$s".formatted(directory))).isEmpty();
    String verify =
        "PATH=%1$s/offline BUNDLE=%1$s cluster/node/verify-bundle 2>&1".formatted(directory);
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
                "BUNDLE=%s KUBERNETES_VERSION=1.35.4 NODE_NAME=node cluster/node/version 2>&1"
                    .formatted(directory)))
        .contains("holds Kubernetes 1.34.2, 1.35.4 was asked for", "KUBERNETES_VERSION=1.34.2");
  }

  @Test
  void aHalfBuiltPartOfTheLabIsMadeAnewAndAWholeOneIsKept() throws Exception {
    Path part = directory.resolve("mlops-primer/lab/part");

    fill("touch $1/half; kill -KILL $$");
    assertThat(part).doesNotExist();
    assertThat(fill("touch $1/whole")).isEqualTo("lab: making part\nwhole\n");
    assertThat(fill("false")).isEqualTo("whole\n");

    Files.delete(directory.resolve("mlops-primer/lab/part.key"));
    assertThat(fill("touch $1/anew; false")).isEqualTo("lab: making part\n");
    assertThat(fill("touch $1/anew")).isEqualTo("lab: making part\nanew\n");
  }

  /**
   * What is in a part of the lab's cache after that command was to fill it, or had done so before.
   */
  private String fill(String command) throws Exception {
    return output(
        "XDG_CACHE_HOME=%s bash -euo pipefail -c '. lab/paths.sh; make() { %s; }; fill part key make; ls $CACHE/part' 2>&1"
            .formatted(directory, command));
  }

  @Test
  void oneCheckoutKnowsThatTheLabIsAnothers() throws Exception {
    labIsUp();
    Path other = Files.createDirectories(directory.resolve("other/lab")).getParent();
    Path down = Files.writeString(other.resolve("lab/down"), "#!/bin/sh\n", UTF_8);
    Path owner = Files.createDirectories(directory.resolve("mlops-primer/lab")).resolve("owner");
    String rival =
        "PATH=%1$s:$PATH XDG_CACHE_HOME=%1$s; . lab/paths.sh; rival".formatted(directory);

    assertThat(output(rival)).as("nobody's").isEmpty();
    Files.writeString(owner, other + "\n", UTF_8);
    assertThat(output(rival)).as("of a checkout that is gone").isEmpty();
    assertThat(down.toFile().setExecutable(true)).isTrue();
    assertThat(output(rival)).isEqualTo(other + "\n");
    Files.writeString(owner, Program.ROOT + "\n", UTF_8);
    assertThat(output(rival)).as("its own").isEmpty();
  }

  @Test
  void theEndToEndTestsRefuseWhileALabIsUp() throws Exception {
    labIsUp();

    assertThat(output("PATH=%s:$PATH E2E_REUSE= e2e/run 2>&1".formatted(directory)))
        .isEqualTo(
            "e2e: a lab is up: 'make lab-down' first, or E2E_REUSE=1 make e2e to test on that one\n");
  }

  /** As far as a script can tell that has this directory first in its path. */
  private void labIsUp() throws Exception {
    Path list = directory.resolve("lxc-ls");
    Files.writeString(list, "#!/bin/sh\necho mlops-primer-kube-control-plane\n", UTF_8);
    assertThat(list.toFile().setExecutable(true)).isTrue();
  }

  private String verify() throws Exception {
    return output(
        "BUNDLE=%s LC_ALL=C cluster/node/verify-bundle 2>&1 && echo verified || true"
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
