package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.on;
import static mlopsprimer.e2e.Shell.succeed;
import static mlopsprimer.e2e.Stack.OTHER_TICKER;
import static mlopsprimer.e2e.Stack.TICKER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Trainings that fail, and the nightly one that succeeds. */
@ExtendWith({Lab.class, Stack.class})
class TrainingTest {
  private static final String IMAGES =
      "ctr --namespace k8s.io images ls --quiet | grep localhost/ml-api";

  // Faults 49 and 56: failed, mended, up again; the API is not affected.
  @Test
  void aTrainingThatFailsFailsTheUpdateAndTheOldModelIsServedUntilItSucceeds() throws IOException {
    String api = Stack.reference("api");
    Stack.set("ticker", OTHER_TICKER);
    Stack.set("seed", "44");
    Stack.set("trainingDeadline", "40s");
    ChartServer.tell("mode=429");
    Edit edit = Edit.ofTheApi("not for long");
    try (edit) {
      fails("Yahoo refused: status=429");
    }
    assertThat(on(Lab.WORKER, IMAGES)).contains("ml-api:").isNotEqualTo(api);
    assertThat(Stack.exitCodesOfTrainings())
        .as("asked again until the deadline")
        .startsWith("10 10");

    Stack.set("trainingDeadline", "20s");
    ChartServer.tell("mode=html");
    fails("Yahoo sent a page or a text, not prices");
    ChartServer.stop();
    try {
      fails("cannot reach Yahoo");
    } finally {
      ChartServer.start();
    }
    ChartServer.tell("");

    Stack.up();
    assertThat(Stack.served()).isEqualTo(OTHER_TICKER);
    for (String node : Lab.NODES) {
      assertThat(on(node, IMAGES))
          .as("the edit was undone before it was rolled out")
          .isEqualTo(api);
    }
    assertThat(succeed("ls target/images | grep 'ml-api.*tar$'"))
        .isEqualTo(api.replaceAll(".*/", "").replace(':', '-') + ".tar");
  }

  @Test
  @Tag(Stack.FROM_NOTHING)
  void anotherDayIsTrainedByTheCronJobAndServedWithoutARestart() {
    ChartServer.tell("withheld=1");
    Stack.up();
    assertThat(Stack.asOf()).isEqualTo("2018-12-28");
    String pods = pods();
    String version = version();

    ChartServer.tell("");
    String nightly = Stack.kubectl("get cronjobs -o name");
    Stack.kubectl("create job extra-day --from=" + nightly);
    Stack.kubectl("wait job/extra-day --for=condition=complete --timeout=120s");
    Phases.time(
        "a new day served after its Job's end",
        () ->
            Shell.eventually(
                Duration.ofSeconds(30),
                "curl -s http://192.168.56.21:30951/predictionForTomorrow | grep -q '\"asOf\":\"2018-12-31\"'"));

    assertThat(pods()).isEqualTo(pods);
    boolean promoted = Stack.kubectl("logs job/extra-day").contains("verdict   promoted");
    assertThat(!version().equals(version)).isEqualTo(promoted);
    Stack.kubectl("delete job extra-day");
  }

  private static void fails(String reason) {
    Shell.Result failed = Stack.tryUp();
    assertThat(failed.exit()).as(failed.toString()).isNotZero();
    assertThat(failed.output()).contains(reason).doesNotContain("%!");
    assertThat(Stack.served()).isEqualTo(TICKER);
  }

  private static String pods() {
    return Stack.kubectl(
        "get pods -l app.kubernetes.io/component=api --sort-by=.metadata.name "
            + "-o 'jsonpath={range .items[*]}{.metadata.name} {.status.containerStatuses[0].restartCount}{\"\\n\"}{end}'");
  }

  private static String version() {
    return Stack.prediction().getAsJsonObject("model").get("version").getAsString();
  }
}
