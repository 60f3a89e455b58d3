package mlopsprimer.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static mlopsprimer.checks.Program.outputOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks of the scripts that seal and verify a bundle. */
class BundleScriptsTest {
  @TempDir Path directory;

  @Test
  void aBundleWithoutAManifestIsRefused() throws Exception {
    writeKubelet("kubelet");

    assertThat(verify()).contains("no manifest.sha256");
  }

  @Test
  void theDoctorRefusesABundleWithoutAManifest() throws Exception {
    assertThat(outputOf("BUNDLE=%s cluster/doctor.sh 2>&1 || true".formatted(directory)))
        .contains("holds no manifest.sha256", "make bundle");
  }

  @Test
  void aSealedBundleIsAccepted() throws Exception {
    seal();

    assertThat(verify()).isEqualTo("verified\n");
  }

  @Test
  void aBundleWithAFileThatItsManifestDoesNotNameIsRefused() throws Exception {
    seal();
    Files.writeString(directory.resolve("bin/extra"), "extra", UTF_8);

    assertThat(verify()).contains("not in the manifest: ./bin/extra", "nothing was installed");
  }

  @Test
  void aBundleWithOneByteChangedIsRefused() throws Exception {
    seal();
    writeKubelet("kubelex");

    assertThat(verify()).contains("./bin/kubelet: FAILED", "nothing was installed");
  }

  @Test
  void aBundleWithoutAFileOfItsManifestIsRefused() throws Exception {
    seal();
    Files.delete(directory.resolve("bin/kubelet"));

    assertThat(verify()).contains("./bin/kubelet", "nothing was installed");
  }

  @Test
  void aBundleCanBeSealedAndVerifiedWithoutSha256sum() throws Exception {
    Assumptions.assumeTrue(Program.succeeds("command -v shasum"), "shasum is not installed");
    writeKubelet("kubelet");
    // The programs are linked in offline/, because a manifest leaves that directory out.
    String others = "bash comm cut dirname env find grep head mv paste perl shasum sort xargs";
    outputOf(
        """
        mkdir %1$s/offline && cd %1$s/offline && for program in %2$s; do
          printf '#!/bin/sh\\nexec %%s "$@"\\n' "$(command -v $program)" >$program && chmod +x $program
        done
        """
            .formatted(directory, others));

    assertThat(outputOf("PATH=%1$s/offline cluster/write-checksums.sh %1$s".formatted(directory)))
        .isEmpty();
    String verify =
        "PATH=%1$s/offline BUNDLE=%1$s cluster/node/verify-bundle.sh 2>&1".formatted(directory);
    assertThat(outputOf(verify + " && echo verified")).isEqualTo("verified\n");
    writeKubelet("kubelex");
    assertThat(outputOf(verify)).contains("./bin/kubelet: FAILED", "nothing was installed");
  }

  @Test
  void aBundleOfAnotherVersionIsRefused() throws Exception {
    Path kubelet = writeKubelet("#!/bin/sh\necho Kubernetes v1.34.2\n");
    assertThat(kubelet.toFile().setExecutable(true)).isTrue();

    assertThat(
            outputOf(
                "BUNDLE=%s KUBERNETES_VERSION=1.35.4 NODE_NAME=node cluster/node/check-version.sh 2>&1"
                    .formatted(directory)))
        .contains("holds Kubernetes 1.34.2, but 1.35.4 was requested", "KUBERNETES_VERSION=1.34.2");
  }

  private Path writeKubelet(String text) throws IOException {
    Path directoryOfPrograms = Files.createDirectories(directory.resolve("bin"));
    return Files.writeString(directoryOfPrograms.resolve("kubelet"), text, UTF_8);
  }

  /** Makes a bundle of one file and its manifest. */
  private void seal() throws Exception {
    writeKubelet("kubelet");
    assertThat(outputOf("cluster/write-checksums.sh " + directory)).isEmpty();
  }

  private String verify() throws Exception {
    return outputOf(
        "BUNDLE=%s LC_ALL=C cluster/node/verify-bundle.sh 2>&1 && echo verified || true"
            .formatted(directory));
  }
}
