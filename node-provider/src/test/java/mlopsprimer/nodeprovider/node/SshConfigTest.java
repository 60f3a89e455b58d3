package mlopsprimer.nodeprovider.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mlopsprimer.nodeprovider.rpc.ResourceException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshConfigTest {
  @TempDir Path home;
  private Path file;

  @BeforeEach
  void writeTheFileLikeVagrant() throws IOException {
    file =
        Files.writeString(
            home.resolve("ssh-config"),
            """
            Host kube-control-plane
              # Address 192.168.56.10
              HostName 127.0.0.1
              User admin
              Port 2222
              UserKnownHostsFile "/home/me/My, Projects/$a/known_hosts"
              IdentityFile "/home/me/My, Projects/$a/private_key"

            Host kube-worker-1
              IdentityFile /keys/worker
              UserKnownHostsFile /keys/known_hosts
            """);
  }

  @Test
  void aHostHasItsAddressPortAndUser() throws Exception {
    SshConfig.Host host = SshConfig.read(file).get("kube-control-plane");

    assertThat(host.address()).isEqualTo("127.0.0.1");
    assertThat(host.port()).isEqualTo(2222);
    assertThat(host.user()).isEqualTo("admin");
  }

  @Test
  void aQuotedPathMayContainSpacesAndCommas() throws Exception {
    SshConfig.Host host = SshConfig.read(file).get("kube-control-plane");

    assertThat(host.identity()).isEqualTo(Path.of("/home/me/My, Projects/$a/private_key"));
    assertThat(host.knownHosts()).isEqualTo(Path.of("/home/me/My, Projects/$a/known_hosts"));
  }

  @Test
  void aHostWithoutAddressPortAndUserHasDefaults() throws Exception {
    assertThat(SshConfig.read(file).get("kube-worker-1"))
        .isEqualTo(
            new SshConfig.Host(
                "kube-worker-1",
                "kube-worker-1",
                22,
                "vagrant",
                Path.of("/keys/worker"),
                Path.of("/keys/known_hosts")));
  }

  @Test
  void theErrorForAnUnknownNodeListsTheKnownNodes() throws Exception {
    SshConfig config = SshConfig.read(file);

    assertThat(config.find("kube-worker-2")).isEmpty();
    assertThatThrownBy(() -> config.get("kube-worker-2"))
        .isInstanceOf(ResourceException.class)
        .hasMessageContaining("[kube-control-plane, kube-worker-1]")
        .hasMessageContaining("'vagrant up kube-worker-2'");
  }

  @Test
  void theErrorForAMissingFileNamesTheRemedy() {
    assertThatThrownBy(() -> SshConfig.read(home.resolve("none")))
        .isInstanceOf(ResourceException.class)
        .hasMessageContaining("none does not exist: run 'vagrant up', which writes that file");
  }

  @Test
  void aMissingFileHasNoNodesIfTheFileIsOptional() throws Exception {
    assertThat(SshConfig.readIfPresent(home.resolve("none")).hosts()).isEmpty();
  }
}
