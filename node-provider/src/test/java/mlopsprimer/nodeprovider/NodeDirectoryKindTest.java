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
            .putFields("mode", text("0750"))
            .putFields("keep", Value.newBuilder().setBoolValue(keep).build())
            .putFields("sshConfig", text(sshConfig))
            .build());
  }

  private static Value text(String value) {
    return Value.newBuilder().setStringValue(value).build();
  }
}
