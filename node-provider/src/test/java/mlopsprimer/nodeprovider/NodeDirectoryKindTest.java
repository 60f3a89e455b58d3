package mlopsprimer.nodeprovider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeDirectoryKindTest {
  private static final Engine.Log QUIET = message -> {};

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
  void aPathThatMayHoldWhatOthersNeedIsRefused(String path) {
    assertThatThrownBy(() -> new NodeDirectoryKind().check(inputs(path)))
        .isInstanceOf(InvalidInputs.class)
        .hasMessageContaining("would be wiped");
  }

  @Test
  void aDeepPathIsAccepted() throws InvalidInputs {
    Properties inputs = inputs("/var/lib/mlops-primer");

    assertThat(new NodeDirectoryKind().check(inputs)).isEqualTo(inputs);
  }

  @Test
  void modelsThatAreThereAreNotMovedNorTheirVolumeResized() throws InvalidInputs {
    NodeDirectoryKind kind = new NodeDirectoryKind();
    Properties before = inputs("/var/lib/mlops-primer");
    Properties elsewhere =
        inputs("/srv/models/of-mine").with("node", "kube-worker-2").with("size", "2Gi");

    assertThat(kind.check(before, before)).isEqualTo(before);
    assertThat(kind.check(elsewhere)).as("from nothing").isEqualTo(elsewhere);
    assertThatThrownBy(() -> kind.check(elsewhere, before))
        .isInstanceOfSatisfying(
            InvalidInputs.class,
            e -> {
              assertThat(e.reasons()).containsOnlyKeys("node", "path", "size");
              assertThat(e.reasons().get("node"))
                  .contains(
                      "in /var/lib/mlops-primer on kube-worker-1", "'vagrant up kube-worker-1'");
              assertThat(e.reasons().get("path")).contains("/srv/models/of-mine", "set it back");
              assertThat(e.reasons().get("size")).contains("1Gi", "2Gi", "'pulumi destroy'");
            });
  }

  @Test
  void whoeverCouldNotLookDoesNotSayThatItIsGone(@TempDir Path home) throws Exception {
    Path config = home.resolve("ssh-config");
    try (FakeNode node = new FakeNode("kube-worker-1", home)) {
      Files.writeString(
          config, node.sshConfig(FakeNode.identity(home), home.resolve("known_hosts")));
      node.refuseSudo();
      Properties state = inputs(home.resolve("a/b/c").toString(), 0, config.toString(), false);

      assertThatThrownBy(() -> new NodeDirectoryKind().read(state, QUIET))
          .isInstanceOf(NodeException.class)
          .hasMessageContaining("a password is required");
    }
  }

  @Test
  void aDirectoryThatWasLostIsToldFromTheOneBefore(@TempDir Path home) throws Exception {
    Path models = home.resolve("var/lib/models");
    try (FakeNode node = new FakeNode("kube-worker-1", home)) {
      Path config = home.resolve("ssh-config");
      Files.writeString(
          config, node.sshConfig(FakeNode.identity(home), home.resolve("known_hosts")));
      int owner = (int) Files.getAttribute(home, "unix:uid");
      Properties inputs = inputs(models.toString(), owner, config.toString(), false);
      NodeDirectoryKind kind = new NodeDirectoryKind();

      Properties made = kind.create(inputs, QUIET);
      assertThat(Files.getPosixFilePermissions(models))
          .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
      assertThat(kind.create(inputs, QUIET)).as("made again").isEqualTo(made);
      assertThat(kind.read(made, QUIET)).contains(made);

      Files.delete(models);
      assertThat(kind.read(made, QUIET)).isEmpty();
      assertThat(kind.create(inputs, QUIET).text("made")).isNotEqualTo(made.text("made"));

      Files.writeString(models.resolve("champion.json"), "{}");
      assertThatThrownBy(
              () ->
                  kind.create(
                      inputs(models.toString(), owner + 1, config.toString(), false), QUIET))
          .hasMessageContaining("not empty and of another owner");
      kind.delete(inputs(models.toString(), owner, config.toString(), true), QUIET);
      assertThat(models.resolve("champion.json")).exists();
      kind.delete(inputs, QUIET);
      assertThat(models).doesNotExist();
      assertThat(models.getParent()).exists();
    }
  }

  private static Properties inputs(String path) {
    return inputs(path, 10_001, "ssh-config", false);
  }

  private static Properties inputs(String path, int owner, String sshConfig, boolean keep) {
    return new Properties(
        Struct.newBuilder()
            .putFields("uid", Value.newBuilder().setNumberValue(owner).build())
            .putFields("gid", Value.newBuilder().setNumberValue(owner).build())
            .putFields("node", text("kube-worker-1"))
            .putFields("path", text(path))
            .putFields("size", text("1Gi"))
            .putFields("mode", text("0750"))
            .putFields("keep", Value.newBuilder().setBoolValue(keep).build())
            .putFields("sshConfig", text(sshConfig))
            .build());
  }

  private static Value text(String value) {
    return Value.newBuilder().setStringValue(value).build();
  }
}
