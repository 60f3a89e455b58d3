package mlopsprimer.nodeprovider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeDirectoryKindTest {
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

  private static Properties inputs(String path) {
    return new Properties(
        Struct.newBuilder()
            .putFields("uid", Value.newBuilder().setNumberValue(10_001).build())
            .putFields("gid", Value.newBuilder().setNumberValue(10_001).build())
            .build()
            .toBuilder()
            .putFields("node", text("kube-worker-1"))
            .putFields("path", text(path))
            .putFields("mode", text("0750"))
            .putFields("sshConfig", text("ssh-config"))
            .build());
  }

  private static Value text(String value) {
    return Value.newBuilder().setStringValue(value).build();
  }
}
