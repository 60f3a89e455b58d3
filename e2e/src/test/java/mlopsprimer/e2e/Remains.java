package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.on;
import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

/** What a stack may leave behind: objects, images, directories, archives, and its state. */
final class Remains {
  private static final String STACKS_OBJECTS =
      "kubectl get namespaces,persistentvolumes,storageclasses --no-headers --output name";

  /**
   * Prints the images that have no name. The CRI plugin of containerd gives every image a second
   * reference, its digest.
   */
  private static final String IMAGES_WITHOUT_A_NAME =
      """
      ctr --namespace k8s.io images ls | awk '
        NR > 1 && /^sha256:/ { digest[$1] = $3 }
        NR > 1 && !/^sha256:/ { named[$3] }
        END { for (id in digest) if (!(digest[id] in named)) print id }'
      """;

  private Remains() {}

  /** Lists the cluster, the nodes, the archives and the state, and checks that nothing is left. */
  static void assertThatThereAreNone() {
    assertThat(succeed(STACKS_OBJECTS)).as("Kubernetes objects").doesNotContain("mlops-primer");
    for (String node : Lab.NODES) {
      assertThat(on(node, "ctr --namespace k8s.io images ls --quiet; ls /var/lib"))
          .as("images and directories on %s", node)
          .doesNotContain("ml-trainer", "ml-api", "ml-mlflow", "mlops-primer");
      assertThat(on(node, IMAGES_WITHOUT_A_NAME)).as("images without a name on %s", node).isEmpty();
    }
    assertThat(succeed("find target/images -type f")).as("image archives").isEmpty();
    assertThat(succeed("pulumi stack export"))
        .as("resources in the stack's state")
        .doesNotContain("urn:pulumi");
  }
}
