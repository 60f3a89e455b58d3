package mlopsprimer.nodeprovider.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import mlopsprimer.nodeprovider.rpc.PartlyDoneException;
import mlopsprimer.nodeprovider.rpc.RecordedLog;
import mlopsprimer.nodeprovider.rpc.ResourceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeImportResourceTest {
  private static final String REFERENCE = "localhost/ml-api:0123456789ab";
  private final RecordedLog log = new RecordedLog();

  @TempDir Path home;

  private NodeImportResource images;
  private FakeNode one;
  private FakeNode two;
  private Path knownHosts;

  @BeforeEach
  void twoNodes() throws IOException {
    images = new NodeImportResource(home);
    knownHosts = home.resolve("known_hosts");
    Path identity = FakeNode.identity(home);
    one = new FakeNode("one", home);
    two = new FakeNode("two", home);
    Files.writeString(
        home.resolve("ssh-config"),
        one.sshConfig(identity, knownHosts) + "\n" + two.sshConfig(identity, knownHosts));
    Files.writeString(home.resolve("image.tar"), REFERENCE + " sha256:aa\n");
  }

  @AfterEach
  void stop() throws IOException {
    one.close();
    two.close();
  }

  @Test
  void everyNodeGetsTheImageOnce() throws Exception {
    NodeImportState state = images.create(args("sha256:aa"), log);
    images.create(args("sha256:aa"), log);

    assertThat(state.imported())
        .containsEntry("one", "sha256:aa")
        .containsEntry("two", "sha256:aa");
    assertThat(one.images()).contains(REFERENCE);
    assertThat(one.imports()).isOne();
    assertThat(two.imports()).isOne();
  }

  @Test
  void aRemovedImageIsImportedAgain() throws Exception {
    NodeImportState state = images.create(args("sha256:aa"), log);
    two.forgetImages();

    NodeImportState seen = images.read(state, log).orElseThrow();
    assertThat(seen.imported()).containsOnlyKeys("one");
    assertThat(images.hasDrifted(seen, args("sha256:aa"))).isTrue();

    NodeImportState repaired = images.update(seen, args("sha256:aa"), log);
    assertThat(images.hasDrifted(repaired, args("sha256:aa"))).isFalse();
    assertThat(two.images()).contains(REFERENCE);
    assertThat(one.imports()).isOne();
  }

  @Test
  void deletingTwiceLeavesNoReference() throws Exception {
    NodeImportState state = images.create(args("sha256:aa"), log);

    images.delete(state, log);
    images.delete(state, log);

    assertThat(one.images()).isEmpty();
    assertThat(two.images()).isEmpty();
  }

  @Test
  void deletingKeepsAnImageThatAnotherTagShares() throws Exception {
    NodeImportState state = images.create(args("sha256:aa"), log);
    Files.writeString(home.resolve("image.tar"), "localhost/ml-api:other sha256:aa\n");
    images.create(args("localhost/ml-api:other", "sha256:aa"), log);

    images.delete(state, log);

    assertThat(one.images())
        .doesNotContain(REFERENCE)
        .contains("localhost/ml-api:other", "sha256:of-sha256:aa");
  }

  @Test
  void deletingKeepsAnotherImageThatNowHasTheReference() throws Exception {
    NodeImportState state = images.create(args("sha256:aa"), log);
    Files.writeString(home.resolve("image.tar"), REFERENCE + " sha256:bb\n");
    NodeImportState other = images.create(args("sha256:bb"), log);

    images.delete(state, log);

    assertThat(images.read(other, log).orElseThrow().imported()).containsOnlyKeys("one", "two");
    assertThat(one.images()).doesNotContain("sha256:of-sha256:aa");
  }

  @Test
  void theOtherNodesGetTheImageWhenOneDoesNotAnswer() throws Exception {
    two.close();

    NodeImportState done = partlyDone(args("sha256:aa"), "'vagrant up two'");
    assertThat(done.imported()).containsOnlyKeys("one");
    assertThat(images.hasDrifted(done, args("sha256:aa"))).isTrue();
    assertThat(one.images()).contains(REFERENCE);

    assertThatThrownBy(() -> images.read(done, log))
        .as("the images of that node are unknown")
        .isInstanceOf(ResourceException.class);
  }

  @Test
  void noStateIsStoredWhenNoNodeAnswers() throws Exception {
    one.close();
    two.close();

    assertThatThrownBy(() -> images.create(args("sha256:aa"), log))
        .isInstanceOf(ResourceException.class)
        .hasMessageContaining("'vagrant up one'")
        .hasMessageContaining("'vagrant up two'");
  }

  @Test
  void deletingAFailedImportRemovesTheImageFromTheOtherNodes() throws Exception {
    two.fillItsDisk();
    NodeImportState done = partlyDone(args("sha256:aa"), "then repeat the command");
    assertThat(one.images()).contains(REFERENCE);

    images.delete(done, log);

    assertThat(one.images()).isEmpty();
  }

  @Test
  void anInterruptEndsTheWorkOnANodeAndKeepsWhatIsDoneOnTheOther() throws Exception {
    two.stallImports(Duration.ofMinutes(2));
    AtomicReference<Exception> failure = new AtomicReference<>();
    Thread update =
        new Thread(() -> failure.set(catchException(() -> images.create(args("sha256:aa"), log))));
    update.start();
    await().until(() -> log.messages().stream().anyMatch(line -> line.startsWith("one has")));

    update.interrupt();
    update.join(Duration.ofSeconds(20).toMillis());

    assertThat(update.isAlive()).as("still working on the node").isFalse();
    assertThat(failure.get())
        .isInstanceOf(PartlyDoneException.class)
        .hasMessageContaining("two: interrupted: repeat the command");
    assertThat(((NodeImportState) ((PartlyDoneException) failure.get()).state()).imported())
        .containsOnlyKeys("one");
  }

  /** The SSH library gives up after 30 s by default. */
  @Test
  void aNodeMayAcceptNoByteOfAnArchiveForHalfAMinute() throws Exception {
    one.stallImports(Duration.ofSeconds(32));
    String padding = "x".repeat(8 << 20); // more than the SSH connection holds
    Files.writeString(home.resolve("image.tar"), REFERENCE + " sha256:aa\n" + padding);

    NodeImportState state = images.create(args("sha256:aa"), log);

    assertThat(state.imported()).containsOnlyKeys("one", "two");
  }

  @Test
  void theUserIsWarnedOfANodeThatIsSkipped() throws Exception {
    NodeImportState state = images.create(args("sha256:aa"), log);
    Files.delete(home.resolve("ssh-config"));

    images.delete(state, log);

    assertThat(log.warnings())
        .hasSize(2)
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .contains(
                        "one is skipped", "sudo ctr --namespace k8s.io images rm " + REFERENCE));
    assertThat(one.images()).as("the image stays").contains(REFERENCE);
  }

  @Test
  void aCheckoutThatWasMovedReachesItsNodes() throws Exception {
    NodeImportState state = images.create(args("sha256:aa"), log);
    Path moved = home.resolveSibling(home.getFileName() + " moved");
    Files.createDirectory(moved);
    for (String file : List.of("ssh-config", "known_hosts", "private_key")) {
      Files.move(home.resolve(file), moved.resolve(file));
    }

    new NodeImportResource(moved).delete(state, log);

    assertThat(log.warnings()).isEmpty();
    assertThat(one.images()).isEmpty();
    assertThat(two.images()).isEmpty();
  }

  @Test
  void theErrorForAnotherHostKeyNamesTheRemedy() throws Exception {
    Path other = Files.createDirectories(home.resolve("other"));
    try (FakeNode stranger = new FakeNode("stranger", other)) {
      Path strangers = other.resolve("known_hosts");
      stranger.sshConfig(other, strangers);
      String key = Files.readString(strangers).split(" ", 2)[1];
      Files.writeString(
          knownHosts,
          Files.readString(knownHosts).replaceAll("(?m)^(\\S+) .*$", "$1 " + key.strip()));
    }

    assertThatThrownBy(() -> images.create(args("sha256:aa"), log))
        .hasMessageContaining("another host key")
        .hasMessageContaining("'vagrant provision one'");
    assertThat(one.images()).isEmpty();
  }

  @Test
  void aFullDiskIsNamedInTheError() throws Exception {
    two.fillItsDisk();

    assertThatThrownBy(() -> images.create(args("sha256:aa"), log))
        .isInstanceOf(PartlyDoneException.class)
        .hasMessageContaining("two: its disk is full");
  }

  @Test
  void anArchiveWithAnotherDigestIsRefused() throws Exception {
    assertThatThrownBy(() -> images.create(args("sha256:bb"), log))
        .hasMessageContaining(
            "has the digest sha256:aa after the import, but the digest should be sha256:bb")
        .hasMessageContaining("delete " + home.resolve("image.tar"));
    assertThat(one.images()).as("the refused image").isEmpty();
  }

  @Test
  void theErrorForAMissingArchiveNamesTheRemedy() throws Exception {
    Files.delete(home.resolve("image.tar"));

    assertThatThrownBy(() -> images.create(args("sha256:aa"), log))
        .hasMessageContaining("image.tar does not exist: run 'pulumi up --refresh'");
  }

  private NodeImportState partlyDone(NodeImportArgs args, String remedy) {
    PartlyDoneException failed =
        catchThrowableOfType(PartlyDoneException.class, () -> images.create(args, log));
    assertThat(failed).hasMessageContaining("two").hasMessageContaining(remedy);
    return (NodeImportState) failed.state();
  }

  private NodeImportArgs args(String digest) {
    return args(REFERENCE, digest);
  }

  private NodeImportArgs args(String reference, String digest) {
    return new NodeImportArgs(reference, digest, "image.tar", List.of("one", "two"), "ssh-config");
  }
}
