package mlopsprimer.nodeprovider.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import mlopsprimer.nodeprovider.rpc.Log;
import mlopsprimer.nodeprovider.rpc.ResourceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeDirectoryResourceTest {
  private static final Log QUIET = message -> {};

  @TempDir Path home;

  private final NodeDirectoryResource directories = new NodeDirectoryResource();
  private FakeNode node;
  private Path models;
  private Path config;
  private int owner;

  @BeforeEach
  void oneNode() throws IOException {
    node = new FakeNode("kube-worker-1", home);
    models = home.resolve("var/lib/models");
    config = home.resolve("ssh-config");
    Files.writeString(config, node.sshConfig(FakeNode.identity(home), home.resolve("known_hosts")));
    owner = (int) Files.getAttribute(home, "unix:uid");
  }

  @AfterEach
  void stop() throws IOException {
    node.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/var",
        "/var/lib",
        "var/lib/models",
        "/var/lib/../etc",
        "/var/lib/a b",
        "/a//b/c"
      })
  void aPathThatMayHoldFilesOfOtherProgramsIsRefused(String path) {
    assertThat(directories.problemsWith(args(path)).get("path"))
        .contains(path + " may hold files of other programs, which would be deleted");
  }

  @Test
  void aPathOfThreeLevelsIsAccepted() {
    assertThat(directories.problemsWith(args("/var/lib/mlops-primer"))).isEmpty();
  }

  @Test
  void aModeThatIsNotOctalIsRefused() {
    NodeDirectoryArgs args =
        new NodeDirectoryArgs("n", "/a/b/c", "1Gi", 1, 1, "rwxr-x---", false, "ssh-config");

    assertThat(directories.problemsWith(args).get("mode")).contains("use one like 0750");
  }

  @Test
  void anExistingDirectoryCannotChangeItsNodePathOrSize() {
    NodeDirectoryArgs before = args("/var/lib/mlops-primer");
    NodeDirectoryArgs elsewhere =
        new NodeDirectoryArgs(
            "kube-worker-2", "/srv/models/of-mine", "2Gi", 1, 1, "0750", false, "ssh-config");

    Map<String, String> problems = directories.problemsWithChange(before, elsewhere);

    assertThat(problems).containsOnlyKeys("node", "path", "size");
    assertThat(problems.get("node"))
        .contains(
            "the directory /var/lib/mlops-primer on kube-worker-1", "'vagrant up kube-worker-1'");
    assertThat(problems.get("path"))
        .contains("/srv/models/of-mine", "set the previous value again");
    assertThat(problems.get("size")).contains("1Gi", "2Gi", "'pulumi destroy'");
  }

  @Test
  void anUnchangedDirectoryHasNoProblem() {
    NodeDirectoryArgs args = args("/var/lib/mlops-primer");

    assertThat(directories.problemsWithChange(args, args)).isEmpty();
  }

  @Test
  void aReadWithoutSudoDoesNotReportTheDirectoryAsGone() throws Exception {
    node.refuseSudo();

    assertThatThrownBy(
            () -> directories.read(new NodeDirectoryState(args(owner, false), "1"), QUIET))
        .isInstanceOf(ResourceException.class)
        .hasMessageContaining("a password is required");
  }

  @Test
  void aDirectoryIsCreatedWithItsMode() throws Exception {
    directories.create(args(owner, false), QUIET);

    assertThat(Files.getPosixFilePermissions(models))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
  }

  @Test
  void creatingAnExistingDirectoryChangesNothing() throws Exception {
    NodeDirectoryState made = directories.create(args(owner, false), QUIET);

    assertThat(directories.create(args(owner, false), QUIET)).isEqualTo(made);
    assertThat(directories.read(made, QUIET)).contains(made);
  }

  @Test
  void aDirectoryThatWasLostAndCreatedAgainHasAnotherTime() throws Exception {
    NodeDirectoryState made = directories.create(args(owner, false), QUIET);

    Files.delete(models);

    assertThat(directories.read(made, QUIET)).isEmpty();
    assertThat(directories.create(args(owner, false), QUIET).made()).isNotEqualTo(made.made());
  }

  @Test
  void aDirectoryWithFilesOfAnotherOwnerIsRefused() throws Exception {
    directories.create(args(owner, false), QUIET);
    Files.writeString(models.resolve("champion.json"), "{}");

    assertThatThrownBy(() -> directories.create(args(owner + 1, false), QUIET))
        .hasMessageContaining("is not empty and has another owner");
  }

  @Test
  void deletingLeavesADirectoryWithTheArgumentKeep() throws Exception {
    NodeDirectoryState kept = directories.create(args(owner, true), QUIET);
    Files.writeString(models.resolve("champion.json"), "{}");

    directories.delete(kept, QUIET);

    assertThat(models.resolve("champion.json")).exists();
  }

  @Test
  void deletingRemovesTheDirectoryButNotItsParent() throws Exception {
    NodeDirectoryState made = directories.create(args(owner, false), QUIET);
    Files.writeString(models.resolve("champion.json"), "{}");

    directories.delete(made, QUIET);

    assertThat(models).doesNotExist();
    assertThat(models.getParent()).exists();
  }

  private NodeDirectoryArgs args(String path) {
    return new NodeDirectoryArgs(
        "kube-worker-1", path, "1Gi", 10_001, 10_001, "0750", false, config.toString());
  }

  private NodeDirectoryArgs args(int user, boolean keep) {
    return new NodeDirectoryArgs(
        "kube-worker-1", models.toString(), "1Gi", user, user, "0750", keep, config.toString());
  }
}
