package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.on;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** API pods that have few resources, are deleted, or are killed. */
@LastOfCore
@ExtendWith({Lab.class, Stack.class})
class RecoveryTest {
  private static final Duration SOAK =
      Duration.ofSeconds(Long.parseLong(System.getenv().getOrDefault("SOAK_SECONDS", "30")));

  private static final Duration A_WHILE = Duration.ofSeconds(30);
  private static final String RESTARTS =
      "get pods -l app.kubernetes.io/component=api "
          + "-o 'jsonpath={.items[*].status.containerStatuses[0].restartCount}'";
  private static final String READY = RESTARTS.replace("restartCount", "ready");
  private static final String ENDPOINTS =
      "get endpointslices -o "
          + "'jsonpath={.items[*].endpoints[?(@.conditions.ready==true)].targetRef.name}'";

  @Test
  void theSmallestLimitsOfTheApiAreEnough() throws InterruptedException {
    Stack.set("apiMemory", Stack.LEAST_API_MEMORY);
    Stack.set("apiCpu", "100m");
    Phases.time("pulumi up with a tenth of a CPU for the API", Stack::up);

    Load load = new Load();
    try (load) {
      Thread.sleep(SOAK.toMillis());
    }
    load.assertThatNoneFailed();
    assertThat(Stack.kubectl(RESTARTS)).as("restarts of each pod").isEqualTo("0 0");
  }

  @Test
  void aDeletedPodIsReplacedWithoutAFailedRequest() {
    Load load = new Load();
    try (load) {
      String pod = Stack.kubectl("get pods -l app.kubernetes.io/component=api -o name | head -n 1");
      Stack.kubectl("delete --wait=false " + pod);
      Shell.eventually(
          A_WHILE,
          "kubectl --namespace mlops-primer %s | awk '{ good = NF == 2 && !/%s/ } END { exit !good }'"
              .formatted(ENDPOINTS, pod.substring(pod.indexOf('/') + 1)));
    }
    load.assertThatNoneFailed();
  }

  @Test
  void aKilledProcessIsStartedAgain() {
    // A pod that another test deleted may still be ending, and its process would be the oldest.
    Shell.eventually(
        A_WHILE, "test \"$(kubectl -n mlops-primer %s)\" = 'true true'".formatted(READY));
    String restarts = Stack.kubectl(RESTARTS);
    on(Lab.WORKER, "pkill -KILL --oldest -f /app/api.jar");
    Phases.time(
        "API ready after a process was killed",
        () ->
            Shell.eventually(
                A_WHILE,
                """
                test "$(kubectl -n mlops-primer %s)" != '%s' &&
                  test "$(kubectl -n mlops-primer %s)" = 'true true'
                """
                    .formatted(RESTARTS, restarts, READY)));
    assertThat(Stack.served()).isEqualTo(Stack.TICKER);
  }
}
