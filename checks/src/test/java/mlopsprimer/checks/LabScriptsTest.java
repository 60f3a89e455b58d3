package mlopsprimer.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static mlopsprimer.checks.Program.outputOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks of the lab's scripts that need no lab. */
class LabScriptsTest {
  private static final String NEW = "lab: making part\n";

  @TempDir Path directory;
  private Path part;

  @BeforeEach
  void choosePlaces() {
    part = directory.resolve("mlops-primer/lab/part");
  }

  @Test
  void aPartWhoseMakingWasKilledIsNotInTheCache() throws Exception {
    fill("touch $1/half; kill -KILL $$");

    assertThat(part).doesNotExist();
  }

  @Test
  void aPartWhoseMakingWasKilledIsMadeAgain() throws Exception {
    fill("touch $1/half; kill -KILL $$");

    assertThat(fill("touch $1/whole")).isEqualTo(NEW + "whole\n");
  }

  @Test
  void aPartThatIsCompleteIsNotMadeAgain() throws Exception {
    fill("touch $1/whole");

    assertThat(fill("false")).isEqualTo("whole\n");
  }

  @Test
  void aPartWithoutItsKeyIsMadeAgain() throws Exception {
    fill("touch $1/whole");
    Files.delete(part.resolveSibling("part.key"));

    assertThat(fill("touch $1/again; false")).as("a failed attempt").isEqualTo(NEW);
    assertThat(fill("touch $1/again")).isEqualTo(NEW + "again\n");
  }

  /** Lists a part of the lab's cache after {@code fill} ran with a command that makes the part. */
  private String fill(String command) throws Exception {
    return outputOf(
        "XDG_CACHE_HOME=%s bash -euo pipefail -c '. lab/paths.sh; make() { %s; }; fill part key make; ls $CACHE/part' 2>&1"
            .formatted(directory, command));
  }

  @Test
  void aLabOfAnotherCheckoutIsRecognised() throws Exception {
    pretendThatALabIsUp();
    Path other = Files.createDirectories(directory.resolve("other/lab")).getParent();
    Path down = Files.writeString(other.resolve("lab/down.sh"), "#!/bin/sh\n", UTF_8);
    Path owner = Files.createDirectories(directory.resolve("mlops-primer/lab")).resolve("owner");
    String rival =
        "PATH=%1$s:$PATH XDG_CACHE_HOME=%1$s; . lab/paths.sh; rival".formatted(directory);

    assertThat(outputOf(rival)).as("no owner").isEmpty();
    Files.writeString(owner, other + "\n", UTF_8);
    assertThat(outputOf(rival)).as("the owner's checkout no longer exists").isEmpty();
    assertThat(down.toFile().setExecutable(true)).isTrue();
    assertThat(outputOf(rival)).isEqualTo(other + "\n");
    Files.writeString(owner, Program.ROOT + "\n", UTF_8);
    assertThat(outputOf(rival)).as("this checkout is the owner").isEmpty();
  }

  @Test
  void kubectlKeepsTheKindsOfTheLabInAFolderThatEndsWithTheLab() throws Exception {
    String kept =
        outputOf(
            "XDG_CACHE_HOME=%s; export XDG_CACHE_HOME; eval \"$(lab/env.sh)\"; echo \"$KUBECACHEDIR\""
                .formatted(directory));

    assertThat(Path.of(kept.strip()))
        .isEqualTo(directory.resolve("mlops-primer/lab/state/kubectl"));
    assertThat(Files.readString(Program.ROOT.resolve("lab/down.sh"), UTF_8))
        .containsPattern("rm -rf .*\"\\$CACHE/state\"");
  }

  @Test
  void theEndToEndTestsRefuseWhileALabIsUp() throws Exception {
    pretendThatALabIsUp();

    assertThat(outputOf("PATH=%s:$PATH E2E_REUSE= e2e/run.sh 2>&1".formatted(directory)))
        .isEqualTo(
            "e2e: a lab is up: run 'make lab-down' first, or 'E2E_REUSE=1 make e2e' to test on that lab\n");
  }

  /** Makes a lab seem up to scripts that have the test's directory first in their path. */
  private void pretendThatALabIsUp() throws Exception {
    Path list = directory.resolve("lxc-ls");
    Files.writeString(list, "#!/bin/sh\necho mlops-primer-kube-control-plane\n", UTF_8);
    assertThat(list.toFile().setExecutable(true)).isTrue();
  }
}
