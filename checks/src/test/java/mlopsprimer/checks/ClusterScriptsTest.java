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
                "grep -rlIE --exclude-dir=target '^#!.*[ /](ba)?sh$' cluster lab e2e scripts .ci bench")
            .lines()
            .sorted()
            .toList();
    assertThat(scripts).hasSizeGreaterThan(20);

    // SC1091: a file that is sourced by a path that only the script knows.
    assertThat(output("shellcheck --exclude SC1091 " + String.join(" ", scripts))).isEmpty();
  }

  @Test
  void noScriptOrFileHoldsATokenOrSkipsVerification() throws Exception {
    assertThat(
            output(
                "grep -rnE 'insecure-skip|unsafe-skip|discovery-token-unsafe|--insecure'"
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
          .contains("port " + taken.getLocalPort(), "is taken", "API_PORT=16443 vagrant up");
    }
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
