package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two workers, models outside the cluster, and a worker that never comes back. */
@NeedsLayers("s3")
@ExtendWith(Stack.class)
@Tag(Stack.FROM_NOTHING)
class NodeLossTest {
  private static final String SECOND = "kube-worker-2";

  /** The API at the second worker, which survives. */
  private static final String ASK =
      "curl --silent --fail --max-time 2 http://192.168.56.22:30951/predictionForTomorrow";

  private static final Duration MOST = Duration.ofMinutes(1);

  @AfterEach
  void backToOneWorker() {
    succeed("WORKERS=2 vagrant destroy --force " + Lab.WORKER);
    succeed("vagrant up");
    succeed("pulumi refresh --yes --skip-preview");
    Stack.destroy();
    succeed("WORKERS=2 vagrant destroy --force " + SECOND);
  }

  @Test
  void theApiAnswersWithinAMinuteAndNothingIsLost() {
    succeed("WORKERS=2 vagrant up");
    S3Server.use();
    Stack.up();
    assertThat(
            Stack.kubectl(
                "get pods -l app.kubernetes.io/component=api -o jsonpath={.items[*].spec.nodeName}"))
        .as("the nodes of the API's pods")
        .contains(Lab.WORKER, SECOND);
    String prediction = succeed(ASK);
    String models = String.join("\n", S3Server.keys());

    succeed("lxc-stop --kill --name mlops-primer-" + Lab.WORKER);
    Phases.time(
        "ten answers in a row after a worker was lost",
        () -> Shell.eventually(MOST, "for i in $(seq 10); do %s || exit; done".formatted(ASK)));

    assertThat(succeed(ASK)).isEqualTo(prediction);
    assertThat(String.join("\n", S3Server.keys()))
        .as("the objects in the bucket")
        .isEqualTo(models);
    assertThatAnotherTrainingSucceeds();
  }

  /** A training runs on the worker that is left. */
  private static void assertThatAnotherTrainingSucceeds() {
    String nightly = Stack.kubectl("get cronjobs -o name").lines().findFirst().orElseThrow();
    Stack.kubectl("create job after-the-loss --from=" + nightly);
    Stack.kubectl("wait job/after-the-loss --for=condition=complete --timeout=120s");
    Stack.kubectl("delete job after-the-loss");
  }
}
