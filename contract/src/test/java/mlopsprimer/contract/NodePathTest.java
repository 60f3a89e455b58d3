package mlopsprimer.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodePathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/var",
        "/var/lib",
        "var/lib/models",
        "/var/lib/../etc",
        "/var/lib/a b",
        "/a//b/c",
        "/srv/$(reboot)/x",
        "/var/lib/models/"
      })
  void aPathThatIsNotPlainOrNotDeepEnoughIsRefused(String path) {
    assertThat(NodePath.problem(path)).hasValue("is not a path of at least three plain levels");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/kubernetes/pki",
        "/usr/local/bin",
        "/root/.ssh/models",
        "/boot/grub/fonts",
        "/proc/sys/kernel",
        "/run/containerd/io",
        "/var/log/pods",
        "/var/run/secrets",
        "/tmp/a/b",
        "/var/tmp/models",
        "/lib/modules/x"
      })
  void aPathThatIsNotForDataIsRefused(String path) {
    assertThat(NodePath.problem(path)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/var/lib/kubelet",
        "/var/lib/kubelet/store",
        "/var/lib/etcd",
        "/var/lib/containerd/io.containerd.content.v1.content",
        "/var/lib/dpkg/info",
        "/opt/cni/bin",
        "/opt/containerd/lib"
      })
  void aDirectoryOfAnotherProgramIsRefused(String path) {
    assertThat(NodePath.problem(path)).hasValue("belongs to another program of the node");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/var/lib/mlops-primer",
        "/var/lib/mlops-primer-prod",
        "/srv/data/models",
        "/mnt/disk1/models",
        "/data/ml/models",
        "/home/ada/models"
      })
  void aDirectoryForDataIsAccepted(String path) {
    assertThat(NodePath.problem(path)).isEmpty();
  }
}
