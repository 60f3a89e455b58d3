package mlopsprimer.nodeprovider.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mlopsprimer.nodeprovider.rpc.ResourceException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {
  @TempDir Path home;
  private Path file;

  @BeforeEach
  void writeTwoContexts() throws IOException {
    file =
        Files.writeString(
            home.resolve("config"),
            """
            apiVersion: v1
            kind: Config
            clusters:
            - { name: one, cluster: { server: "https://one.example:6443" } }
            - { name: two, cluster: { server: "https://two.example:6443" } }
            users:
            - { name: me, user: {} }
            contexts:
            - { name: first, context: { cluster: one, user: me } }
            - { name: second, context: { cluster: two, user: me } }
            current-context: first
            """);
  }

  @Test
  void theContextNamesTheCluster() throws ResourceException {
    assertThat(server("second")).isEqualTo("https://two.example:6443/");
    assertThat(server("first")).isEqualTo("https://one.example:6443/");
  }

  @Test
  void withoutAContextTheCurrentOneIsUsed() throws ResourceException {
    assertThat(server(null)).isEqualTo("https://one.example:6443/");
  }

  @Test
  void aContextThatTheFileHasNotIsAnErrorWithTheRemedy() {
    assertThatThrownBy(() -> server("third"))
        .isInstanceOf(ResourceException.class)
        .hasMessageContaining("config has no context third")
        .hasMessageContaining("kubectl config get-contexts");
  }

  private String server(String context) throws ResourceException {
    try (KubernetesClient client = Kubeconfig.connect(new Kubeconfig.Cluster(file, context))) {
      return client.getMasterUrl().toString();
    }
  }
}
