package mlopsprimer.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static mlopsprimer.checks.Program.outputOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks of the lab's layers that need no lab. */
class LabLayersTest {
  @TempDir Path cache;

  @Test
  void aLayerIsMadeOnlyWhileItsSourcesAreThoseItWasMadeFrom() throws Exception {
    assertThat(layer("list")).contains("s3 not made\n", "registry not made\n");

    shell(
        "mkdir -p $CACHE/toolchain && key_of lab/toolchain/versitygw >$CACHE/toolchain/versitygw.key");
    assertThat(layer("list")).contains("s3 made\n", "registry not made\n");

    shell("echo 0123456789ab >$CACHE/toolchain/versitygw.key");
    assertThat(layer("list")).contains("s3 not made\n");
  }

  @Test
  void aLayerWithAnImageIsNotMadeWithoutItsImage() throws Exception {
    shell(
        "mkdir -p $CACHE/toolchain && key_of lab/toolchain/kube-router >$CACHE/toolchain/kube-router.key");

    assertThat(layer("list")).contains("kube-router not made\n");
  }

  @Test
  void aLayerWithoutAProgramIsMadeWhenItsImageIs() throws Exception {
    assertThat(layer("list")).contains("mlflow not made\n");

    shell(
        "mkdir -p $CACHE/layers && key_of lab/layers/mlflow/requirements.txt lab/layers/mlflow/make.sh lab/image-archive.py >$CACHE/layers/mlflow.key");
    assertThat(layer("list")).contains("mlflow made\n");
  }

  @Test
  void theServerOfTheLabIsTheMlflowThatTheTestsUse() throws Exception {
    String versions = "grep -hoE '^mlflow(-skinny|-tracing)?==[0-9.]+' %s | sort";

    String ofTheLab = outputOf(versions.formatted("lab/layers/mlflow/requirements.txt"));
    assertThat(ofTheLab)
        .isEqualTo(outputOf(versions.formatted("scripts/mlflow/requirements.txt")))
        .hasLineCount(3);
    String version =
        ofTheLab
            .lines()
            .filter(line -> line.startsWith("mlflow=="))
            .findFirst()
            .orElseThrow()
            .replace("mlflow==", "");
    assertThat(outputOf("cat lab/layers/mlflow/make.sh")).contains("localhost/mlflow:" + version);
  }

  @Test
  void anUnknownLayerIsRefusedWithTheNamesOfAll() throws Exception {
    assertThat(layer("up s3 s4; echo $?"))
        .isEqualTo(
            "lab: there is no layer 's4': the layers are s3 registry kube-router metrics-server flux mlflow\n2\n");
  }

  @Test
  void aLayerDoesNotStartWithoutALab() throws Exception {
    assertThat(layer("up s3; echo $?"))
        .isEqualTo(
            "lab: no lab of this checkout is up, and a layer needs one: run 'make lab-up' first\n1\n");
  }

  @Test
  void layersThatAreNotUpCanBeTakenDown() throws Exception {
    assertThat(layer("down; echo $?")).isEqualTo("0\n");
  }

  /** A server's process id may belong to another program after a restart of the machine. */
  @Test
  void theEndOfAServerSparesAnotherProgramWithItsProcessId() throws Exception {
    assertThat(
            shell(
                "mkdir -p $CACHE/state/s3; sleep 60 & echo $! >$CACHE/state/s3/pid; "
                    + "end_server $CACHE/state/s3; kill $! && echo spared; ls $CACHE/state"))
        .isEqualTo("spared\n");
  }

  @Test
  void theEndOfAServerEndsItAndDeletesWhatItStored() throws Exception {
    Path server = Files.writeString(cache.resolve("server"), "sleep 60 & wait\n", UTF_8);

    assertThat(
            shell(
                "mkdir -p $CACHE/state/s3/data; bash %s $CACHE/state/s3/data & echo $! >$CACHE/state/s3/pid; "
                        .formatted(server)
                    + "end_server $CACHE/state/s3; kill -0 $! 2>/dev/null || echo ended; ls $CACHE/state"))
        .isEqualTo("ended\n");
  }

  private String layer(String arguments) throws Exception {
    return outputOf("XDG_CACHE_HOME=%s lab/layer.sh %s 2>&1".formatted(cache, arguments));
  }

  /** Runs commands that know the lab's places and functions. */
  private String shell(String commands) throws Exception {
    return outputOf(
        "XDG_CACHE_HOME=%s bash -euo pipefail -c '. lab/paths.sh; %s' 2>&1"
            .formatted(cache, commands));
  }
}
