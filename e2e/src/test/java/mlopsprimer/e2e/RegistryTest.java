package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.on;
import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A stack whose images come from a registry, and whose models are outside the cluster. */
@NeedsLayers({"s3", "registry"})
@ExtendWith(Stack.class)
class RegistryTest {
  static final String REGISTRY = "192.168.56.1:5443/primer";
  private static final String HOME = "\"${PULUMI_HOME%/*}\"/state/registry";

  /** Prints the names of the apps' images. */
  private static final String IMAGES =
      "ctr --namespace k8s.io images ls --quiet | grep -E 'ml-(api|trainer)' | sort || true";

  /**
   * Removes every reference to the images that came from the registry, and the kubelet's records of
   * them. With such a record, the kubelet refuses the same image under the name of an import.
   */
  private static final String REMOVE =
      """
      digests=$(ctr --namespace k8s.io images ls | awk '$1 ~ /^192.168.56.1:5443/ { print $3 }')
      for digest in $digests; do
        ctr --namespace k8s.io images ls | awk -v d="$digest" 'NR > 1 && $3 == d { print $1 }' |
          xargs --no-run-if-empty ctr --namespace k8s.io images rm >/dev/null
      done
      records=$(grep -ls 192.168.56.1:5443 /var/lib/kubelet/image_manager/pulled/* || true)
      if [ -n "$records" ]; then rm $records && systemctl restart kubelet; fi
      """;

  @AfterEach
  void destroyAndForgetTheImages() {
    Stack.destroy();
    removeImages();
  }

  /** Sets the stack to the layer's registry. */
  static void use() {
    Stack.set("imageRegistry", REGISTRY);
    succeed("pulumi config set registryCa %s/ca.crt".formatted(HOME));
  }

  /** Removes what the kubelets pulled, which no destroy removes. */
  static void removeImages() {
    Lab.NODES.forEach(node -> on(node, REMOVE));
  }

  @Test
  @Tag(Stack.FROM_NOTHING)
  void aStackComesUpWithoutSsh() {
    Lab.NODES.forEach(node -> assertThat(on(node, IMAGES)).as("images on " + node).isEmpty());
    use();
    S3Server.use();
    // There is no such file, so an attempt to reach a node would fail.
    Stack.set("sshConfig", "e2e/target/there-is-no-ssh-config");

    Phases.time("pulumi up from nothing, images from a registry", Stack::up);

    assertThat(Stack.served()).isEqualTo(Stack.TICKER);
    assertThat(on(Lab.WORKER, IMAGES).lines())
        .as("the apps' images on the worker")
        .isNotEmpty()
        .allMatch(image -> image.startsWith(REGISTRY + "/"));
    assertThat(
            Stack.kubectl("get pods -o jsonpath={.items[*].spec.containers[*].image}").split(" "))
        .as("the images of the pods")
        .allMatch(image -> image.matches(REGISTRY + "/[a-z-]+(:[^@]+)?@sha256:[0-9a-f]{64}"));
    assertThat(succeed("grep -c 'GET.*containerd' %s/log".formatted(HOME)))
        .as("requests of containerd in the registry's log")
        .isNotEqualTo("0");
    assertThat(Stack.up()).as("an update without a change").containsPattern("\\d+ unchanged");
  }
}
