package mlopsprimer.nodeprovider.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.contract.StackOwner;
import mlopsprimer.nodeprovider.rpc.RecordedLog;
import mlopsprimer.nodeprovider.rpc.ResourceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeDirectoryResourceTest {
  private static final StackOwner OWNER = new StackOwner("mlops-primer", "dev", "0123456789ab");
  private static final StackOwner OTHER = new StackOwner("mlops-primer", "prod", "ba9876543210");

  @TempDir Path home;

  private final RecordedLog log = new RecordedLog();
  private NodeDirectoryResource directories;
  private FakeNode node;
  private Path models;
  private Path config;
  private int owner;

  @BeforeEach
  void oneNode() throws IOException {
    // The rule for paths would refuse a temporary directory.
    directories = new NodeDirectoryResource(home, path -> Optional.empty());
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

  @Test
  void aDirectoryOfAnotherProgramIsRefused() {
    NodeDirectoryResource strict = new NodeDirectoryResource(home);

    assertThat(strict.problemsWith(args("/var/lib/kubelet")).get("path"))
        .contains("/var/lib/kubelet belongs to another program of the node: use a directory");
    assertThat(strict.problemsWith(args("/var/lib/mlops-primer"))).isEmpty();
  }

  /** Every user of the machine can call the plugin without a check before. */
  @Test
  void aDirectoryOfAnotherProgramIsNeitherCreatedNorDeleted() throws Exception {
    NodeDirectoryResource strict = new NodeDirectoryResource(home);
    NodeDirectoryState state = new NodeDirectoryState(args(models.toString()), "1");

    assertThatThrownBy(() -> strict.create(args(models.toString()), log))
        .hasMessageContaining("is not below a directory for data")
        .hasMessageContaining("nothing was changed");
    strict.delete(state, log);
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("stays, because the path is not below a directory for data");
    assertThat(models).doesNotExist();
  }

  @Test
  void aLinkOnTheNodeToADirectoryOfAnotherProgramIsRefused() throws Exception {
    Path pki = Files.createDirectories(home.resolve("etc/kubernetes/pki"));
    Files.createDirectories(models.getParent());
    Files.createSymbolicLink(models, pki);
    NodeDirectoryResource strict =
        new NodeDirectoryResource(
            home,
            path ->
                path.contains("/etc/") ? Optional.of("belongs to Kubernetes") : Optional.empty());

    assertThatThrownBy(() -> strict.create(args(owner, false), log))
        .hasMessageContaining("which is " + pki.toRealPath())
        .hasMessageContaining("belongs to Kubernetes");
    assertThat(pki).isEmptyDirectory();
  }

  @Test
  void aModeThatIsNotOctalIsRefused() {
    NodeDirectoryArgs args =
        new NodeDirectoryArgs(
            "n", "/a/b/c", "1Gi", 1, 1, "rwxr-x---", false, null, null, null, "ssh-config");

    assertThat(directories.problemsWith(args).get("mode")).contains("use one like 0750");
  }

  @Test
  void anExistingDirectoryCannotChangeItsNodePathOrSize() {
    NodeDirectoryArgs before = args("/var/lib/mlops-primer");
    NodeDirectoryArgs elsewhere =
        new NodeDirectoryArgs(
            "kube-worker-2",
            "/srv/models/of-mine",
            "2Gi",
            1,
            1,
            "0750",
            false,
            null,
            null,
            null,
            "ssh-config");

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

    assertThatThrownBy(() -> directories.read(new NodeDirectoryState(args(owner, false), "1"), log))
        .isInstanceOf(ResourceException.class)
        .hasMessageContaining("a password is required");
  }

  @Test
  void aDirectoryIsCreatedWithItsMode() throws Exception {
    directories.create(args(owner, false), log);

    assertThat(Files.getPosixFilePermissions(models))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
  }

  @Test
  void creatingAnExistingDirectoryChangesNothing() throws Exception {
    NodeDirectoryState made = directories.create(args(owner, false), log);

    assertThat(directories.create(args(owner, false), log)).isEqualTo(made);
    assertThat(directories.read(made, log)).contains(made);
  }

  @Test
  void aDirectoryThatWasLostAndCreatedAgainHasAnotherTime() throws Exception {
    NodeDirectoryState made = directories.create(args(owner, false), log);

    Files.delete(models);

    assertThat(directories.read(made, log)).isEmpty();
    assertThat(directories.create(args(owner, false), log).made()).isNotEqualTo(made.made());
  }

  @Test
  void aDirectoryOfAnotherStackIsRefused() throws Exception {
    directories.create(args(OTHER, "none"), log);

    assertThatThrownBy(() -> directories.create(args(OWNER, "none"), log))
        .hasMessageContaining("belongs to the stack prod of the project mlops-primer")
        .hasMessageContaining("pulumi config set storagePath %s-2".formatted(models))
        .hasMessageContaining("pulumi config set adopt " + OTHER.id());
    assertThat(mark()).isEqualTo(OTHER.toString());
  }

  @Test
  void aDirectoryOfAnotherStackIsTakenOverByItsId() throws Exception {
    directories.create(args(OTHER, "none"), log);
    Files.writeString(models.resolve("model.bin"), "trees");

    directories.create(args(OWNER, OTHER.id()), log);

    assertThat(mark()).isEqualTo(OWNER.toString());
    assertThat(models.resolve("model.bin")).exists();
    assertThat(log.messages()).singleElement().asString().startsWith("taking up 1 model in ");
  }

  @Test
  void aDirectoryWithFilesButWithoutAMarkIsRefusedUnlessItIsNamed() throws Exception {
    Files.createDirectories(models);
    Files.writeString(models.resolve("thesis.tex"), "years of work");

    assertThatThrownBy(() -> directories.create(args(OWNER, "none"), log))
        .hasMessageContaining("exists, and does not carry the mark of a stack")
        .hasMessageContaining("pulumi config set adopt unmarked");
    directories.create(args(OWNER, "unmarked"), log);
    assertThat(mark()).isEqualTo(OWNER.toString());
  }

  @Test
  void aDirectoryOfAVersionWithoutMarksGetsItsMarkInAnUpdate() throws Exception {
    Files.createDirectories(models);
    Files.writeString(models.resolve("model.bin"), "trees");
    NodeDirectoryState before = new NodeDirectoryState(args(null, "none", false), "1");

    directories.update(before, args(OWNER, "none"), log);

    assertThat(mark()).isEqualTo(OWNER.toString());
  }

  @Test
  void anExistingDirectoryOfAnotherStackIsNotDeleted() throws Exception {
    NodeDirectoryState made = directories.create(args(OWNER, "none"), log);
    directories.create(args(OTHER, OWNER.id()), log);

    directories.delete(made, log);

    assertThat(mark()).isEqualTo(OTHER.toString());
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("stays, because it belongs to the stack " + OTHER);
  }

  @Test
  void deletingADirectoryToKeepSaysHowManyModelsStayAndWhere() throws Exception {
    NodeDirectoryState kept = directories.create(args(owner, true), log);
    writeTwoModels();

    directories.delete(kept, log);

    assertThat(models.resolve("SPY/1/model.bin")).exists();
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .startsWith("leaving 2 models in %s on kube-worker-1".formatted(models));
  }

  @Test
  void keptModelsAreTakenUpByTheNextStackOfTheSameName() throws Exception {
    directories.delete(directories.create(args(owner, true), log), log);
    StackOwner next = new StackOwner("mlops-primer", "dev", "aaaaaaaaaaaa");

    assertThatThrownBy(() -> directories.create(args(OTHER, "none"), log))
        .as("a stack of another name")
        .hasMessageContaining(
            "was kept when the stack dev of the project mlops-primer was destroyed");
    directories.create(args(next, "none"), log);

    assertThat(mark()).isEqualTo(next.toString());
  }

  @Test
  void deletingRemovesTheDirectoryButNotItsParent() throws Exception {
    NodeDirectoryState made = directories.create(args(owner, false), log);
    writeTwoModels();

    directories.delete(made, log);

    assertThat(models.getParent()).isEmptyDirectory();
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .isEqualTo("deleting 2 models in %s on kube-worker-1".formatted(models));
  }

  /** The port of the plugin is open to every user of the machine. */
  @Test
  void aDeleteThatNamesNoStackDeletesNothing() throws Exception {
    directories.create(args(OWNER, "none"), log);

    directories.delete(new NodeDirectoryState(args(null, "none", false), "1"), log);

    assertThat(models).exists();
    assertThat(log.warnings()).singleElement().asString().contains("stays, because");
  }

  /** The pods can write to the directory. */
  @Test
  void aLinkInTheDirectoryIsNotFollowedWhenTheMarkIsWritten() throws Exception {
    NodeDirectoryState made = directories.create(args(OWNER, "none"), log);
    Path passwords = Files.writeString(home.resolve("shadow"), "root:*");
    for (String name : List.of(".owner", ".owner.new", "models.owner.new")) {
      Files.createSymbolicLink(models.resolve(name), passwords);
    }

    directories.update(made, args(OWNER, "none"), log);
    directories.delete(made, log);

    assertThat(passwords).hasContent("root:*");
  }

  @Test
  void aRenamedStackKeepsItsDirectory() throws Exception {
    NodeDirectoryState made = directories.create(args(OWNER, "none"), log);
    StackOwner renamed = OWNER.renamed("mlops-primer", "production");

    directories.update(made, args(renamed, "none"), log);

    assertThat(mark()).isEqualTo(renamed.toString());
  }

  @Test
  void aDirectoryThatIsALinkIsDeletedWithItsModels() throws Exception {
    Path disk = Files.createDirectories(home.resolve("disk/models"));
    Files.createDirectories(models.getParent());
    Files.createSymbolicLink(models, disk);
    NodeDirectoryState made = directories.create(args(owner, false), log);
    Files.writeString(disk.resolve("model.bin"), "trees");

    directories.delete(made, log);

    assertThat(disk).doesNotExist();
    assertThat(log.warnings()).singleElement().asString().startsWith("deleting 1 model in ");
  }

  @Test
  void aRefreshWithoutTheNodeKeepsTheStateAndWarns() throws Exception {
    NodeDirectoryState made = directories.create(args(owner, false), log);
    Files.delete(config);

    assertThat(directories.read(made, log)).contains(made);
    assertThat(log.warnings()).singleElement().asString().contains("'vagrant provision'");
  }

  @Test
  void deletingADirectoryThatWasRemovedByHandRemovesItsMark() throws Exception {
    NodeDirectoryState made = directories.create(args(owner, false), log);
    Files.delete(models);

    directories.delete(made, log);

    assertThat(models.getParent()).isEmptyDirectory();
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void theUserIsWarnedOfADirectoryOnANodeThatIsSkipped() throws Exception {
    NodeDirectoryState made = directories.create(args(owner, false), log);
    Files.delete(config);

    directories.delete(made, log);

    assertThat(models).exists();
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("kube-worker-1 is skipped", "sudo rm -rf " + models);
  }

  private void writeTwoModels() throws IOException {
    for (String version : List.of("SPY/1", "SPY/2")) {
      Files.createDirectories(models.resolve(version));
      Files.writeString(models.resolve(version + "/model.bin"), "trees");
    }
  }

  private String mark() throws IOException {
    return Files.readString(models.resolveSibling("models.owner")).strip();
  }

  private NodeDirectoryArgs args(String path) {
    return args(path, 10_001, OWNER, "none", false);
  }

  private NodeDirectoryArgs args(int user, boolean keep) {
    return args(models.toString(), user, OWNER, "none", keep);
  }

  private NodeDirectoryArgs args(StackOwner stack, String adopt) {
    return args(stack, adopt, false);
  }

  private NodeDirectoryArgs args(StackOwner stack, String adopt, boolean keep) {
    return args(models.toString(), owner, stack, adopt, keep);
  }

  private static NodeDirectoryArgs args(
      String path, int user, StackOwner stack, String adopt, boolean keep) {
    return new NodeDirectoryArgs(
        "kube-worker-1",
        path,
        "1Gi",
        user,
        user,
        "0750",
        keep,
        stack == null ? null : stack.toString(),
        adopt,
        "model.bin",
        "ssh-config");
  }
}
