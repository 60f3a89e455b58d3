package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.on;
import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A stack is destroyed with every flag of Pulumi, and after updates that did not complete. */
@ExtendWith({Lab.class, Stack.class})
class DestroyTest {
  private static final String DESTROY = "pulumi destroy --yes --skip-preview --color never ";

  /**
   * The update is killed while containerd has the archive of an image, so that Pulumi's state does
   * not have what arrives on the nodes. Then the checkout is moved.
   */
  @Test
  @Tag(Stack.FROM_NOTHING)
  void aKilledUpdateLeavesNothingAfterADestroyInAMovedCheckout() {
    Shell.run(
        """
        setsid %s >e2e/target/killed-up.log 2>&1 &
        up=$!
        for i in $(seq 900); do
          grep -q 'importing localhost/ml-trainer' e2e/target/killed-up.log && break
          sleep 0.1
        done
        %s
        """
            .formatted(Stack.UP, Stack.KILL_UP));
    succeed("pulumi cancel --yes");

    String output =
        succeed(
            """
            moved=$(mktemp -d)/'a checkout with another name'
            mkdir "$moved"
            cp -r --preserve=timestamps $(git ls-files | cut -d/ -f1 | sort -u) Pulumi.lab.yaml "$moved"
            mv infra-context target "$moved"
            trap 'mv "$moved/infra-context" "$moved/target" . && rm -rf "$(dirname "$moved")"' EXIT
            (cd "$moved" && pulumi stack select lab && %s)
            """
                .formatted(DESTROY));

    assertThat(output).doesNotContain("is skipped");
    // Pulumi remembers which creates were interrupted until the next refresh.
    succeed("pulumi refresh --yes --skip-preview --clear-pending-creates");
    Remains.assertThatThereAreNone();
  }

  @Test
  @Tag(Stack.FROM_NOTHING)
  void aFailedUpdateLeavesNothingAfterADestroyWithRefresh() {
    Stack.set("allowStale", "false"); // the lab's prices end in 2018
    assertThat(Stack.tryUp().exit()).isNotZero();

    assertThat(succeed(DESTROY + "--refresh")).doesNotContain("is not deleted");

    Remains.assertThatThereAreNone();
  }

  @Test
  void aTargetedDestroyRemovesTheImageFromEveryNode() {
    String api = Stack.reference("api");

    succeed(DESTROY + "--target '**NodeImport::api' --target-dependents");

    for (String node : Lab.NODES) {
      assertThat(on(node, "ctr --namespace k8s.io images ls --quiet"))
          .as("images on %s", node)
          .doesNotContain(api)
          .contains("localhost/ml-trainer");
    }
    Stack.up();
    assertThat(Stack.served()).isEqualTo(Stack.TICKER);
  }

  @Test
  void destroySaysHowManyModelsItDeletes() {
    assertThat(Stack.destroy())
        .containsPattern("deleting \\d+ models? in /var/lib/mlops-primer on kube-worker-1");
    Remains.assertThatThereAreNone();
  }
}
