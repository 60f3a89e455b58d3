package mlopsprimer.nodeprovider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeImportKindTest {
  private static final String REFERENCE = "localhost/ml-api:0123456789ab";
  private static final Engine.Log QUIET = message -> {};

  @TempDir Path home;

  private final NodeImportKind kind = new NodeImportKind();
  private FakeNode one;
  private FakeNode two;
  private Path knownHosts;

  @BeforeEach
  void twoNodes() throws IOException {
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
    Properties state = kind.create(inputs("sha256:aa"), QUIET);
    kind.create(inputs("sha256:aa"), QUIET);

    assertThat(state.textMap("imported"))
        .containsEntry("one", "sha256:aa")
        .containsEntry("two", "sha256:aa");
    assertThat(one.images()).contains(REFERENCE);
    assertThat(one.imports()).isOne();
    assertThat(two.imports()).isOne();
  }

  @Test
  void anImageThatSomebodyRemovedIsSeenAndBroughtBack() throws Exception {
    Properties state = kind.create(inputs("sha256:aa"), QUIET);
    two.forgetImages();

    Properties seen = kind.read(state, QUIET).orElseThrow();
    assertThat(seen.textMap("imported")).containsOnlyKeys("one");
    assertThat(kind.hasDrifted(seen, inputs("sha256:aa"))).isTrue();

    Properties repaired = kind.update(seen, inputs("sha256:aa"), QUIET);
    assertThat(kind.hasDrifted(repaired, inputs("sha256:aa"))).isFalse();
    assertThat(two.images()).contains(REFERENCE);
    assertThat(one.imports()).isOne();
  }

  @Test
  void deletingLeavesNoReferenceAndMayBeDoneTwice() throws Exception {
    Properties state = kind.create(inputs("sha256:aa"), QUIET);

    kind.delete(state, QUIET);
    kind.delete(state, QUIET);

    assertThat(one.images()).isEmpty();
    assertThat(two.images()).isEmpty();
  }

  @Test
  void anImageThatAnotherTagSharesStays() throws Exception {
    Properties state = kind.create(inputs("sha256:aa"), QUIET);
    Files.writeString(home.resolve("image.tar"), "localhost/ml-api:other sha256:aa\n");
    kind.create(inputs("localhost/ml-api:other", "sha256:aa"), QUIET);

    kind.delete(state, QUIET);

    assertThat(one.images())
        .doesNotContain(REFERENCE)
        .contains("localhost/ml-api:other", "sha256:of-sha256:aa");
  }

  @Test
  void anImageThatAnotherBuildReplacedUnderItsNameStays() throws Exception {
    Properties state = kind.create(inputs("sha256:aa"), QUIET);
    Files.writeString(home.resolve("image.tar"), REFERENCE + " sha256:bb\n");
    Properties other = kind.create(inputs("sha256:bb"), QUIET);

    kind.delete(state, QUIET);

    assertThat(kind.read(other, QUIET).orElseThrow().textMap("imported"))
        .containsOnlyKeys("one", "two");
    assertThat(one.images()).doesNotContain("sha256:of-sha256:aa");
  }

  @Test
  void aNodeThatDoesNotAnswerIsNamedWithTheRemedyAndTheOthersAreDone() throws Exception {
    two.close();

    Properties done = partlyDone(inputs("sha256:aa"), "'vagrant up two'");
    assertThat(done.textMap("imported")).containsOnlyKeys("one");
    assertThat(kind.hasDrifted(done, inputs("sha256:aa"))).isTrue();
    assertThat(one.images()).contains(REFERENCE);

    assertThatThrownBy(() -> kind.read(done, QUIET))
        .as("nobody knows what it has")
        .isInstanceOf(NodeException.class);
    one.close();
    assertThatThrownBy(() -> kind.create(inputs("sha256:aa"), QUIET))
        .as("nothing was done, so nothing is to be undone")
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("'vagrant up one'")
        .hasMessageContaining("'vagrant up two'");
  }

  @Test
  void whatAFailedImportLeftOnTheOtherNodesIsDeletedWithIt() throws Exception {
    two.fillItsDisk();
    Properties done = partlyDone(inputs("sha256:aa"), "'pulumi up' again");
    assertThat(one.images()).contains(REFERENCE);

    kind.delete(done, QUIET);

    assertThat(one.images()).isEmpty();
  }

  @Test
  void anotherHostKeyIsRefusedWithTheRemedy() throws Exception {
    Path other = Files.createDirectories(home.resolve("other"));
    try (FakeNode stranger = new FakeNode("stranger", other)) {
      Path strangers = other.resolve("known_hosts");
      stranger.sshConfig(other, strangers);
      String key = Files.readString(strangers).split(" ", 2)[1];
      Files.writeString(
          knownHosts,
          Files.readString(knownHosts).replaceAll("(?m)^(\\S+) .*$", "$1 " + key.strip()));
    }

    assertThatThrownBy(() -> kind.create(inputs("sha256:aa"), QUIET))
        .hasMessageContaining("another host key")
        .hasMessageContaining("'vagrant provision one'");
    assertThat(one.images()).isEmpty();
  }

  @Test
  void aFullDiskIsSaidToBeOne() throws Exception {
    two.fillItsDisk();

    assertThatThrownBy(() -> kind.create(inputs("sha256:aa"), QUIET))
        .isInstanceOf(PartlyDoneException.class)
        .hasMessageContaining("two: its disk is full");
  }

  @Test
  void anArchiveThatIsNotWhatItShouldBeIsNoticed() throws Exception {
    assertThatThrownBy(() -> kind.create(inputs("sha256:bb"), QUIET))
        .hasMessageContaining("is sha256:aa after the import, and should be sha256:bb")
        .hasMessageContaining("delete " + home.resolve("image.tar"));
    assertThat(one.images()).as("what nobody wanted").isEmpty();
  }

  @Test
  void anArchiveThatIsGoneIsNamedWithTheRemedy() throws Exception {
    Files.delete(home.resolve("image.tar"));

    assertThatThrownBy(() -> kind.create(inputs("sha256:aa"), QUIET))
        .hasMessageContaining("is gone: 'pulumi up --refresh'");
  }

  private Properties partlyDone(Properties inputs, String remedy) {
    PartlyDoneException failed =
        catchThrowableOfType(PartlyDoneException.class, () -> kind.create(inputs, QUIET));
    assertThat(failed).hasMessageContaining("two").hasMessageContaining(remedy);
    return failed.state();
  }

  private Properties inputs(String digest) {
    return inputs(REFERENCE, digest);
  }

  private Properties inputs(String reference, String digest) {
    return new Properties(
        Struct.newBuilder()
            .putFields("reference", text(reference))
            .putFields("digest", text(digest))
            .putFields("archive", text(home.resolve("image.tar").toString()))
            .putFields("sshConfig", text(home.resolve("ssh-config").toString()))
            .putFields(
                "nodes",
                Value.newBuilder()
                    .setListValue(
                        ListValue.newBuilder().addValues(text("one")).addValues(text("two")))
                    .build())
            .build());
  }

  private static Value text(String value) {
    return Value.newBuilder().setStringValue(value).build();
  }
}
