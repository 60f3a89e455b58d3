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

/** Trainings that fail, and a training that the CronJob starts. */
@ExtendWith({Lab.class, Stack.class})
class TrainingTest {
  private static final String IMAGES =
      "ctr --namespace k8s.io images ls --quiet | grep localhost/ml-api";

  @Test
  void theOldModelIsServedUntilATrainingSucceeds() throws IOException {
    String api = Stack.reference("api");
    Stack.set("ticker", OTHER_TICKER);
    Stack.set("seed", "44");
    Stack.set("trainingDeadline", "40s");
    ChartServer.control("mode=429");
    Edit edit = Edit.ofTheApi("not for long");
    try (edit) {
      assertThatUpFails("Yahoo limits the rate: status=429");
    }
    assertThat(on(Lab.WORKER, IMAGES))
        .as("the image with the edit, which was imported before the training failed")
        .contains("ml-api:")
        .isNotEqualTo(api);
    assertThat(Stack.exitCodesOfTrainings())
        .as("exit codes of the attempts until the deadline")
        .startsWith("10 10");

    Stack.set("trainingDeadline", "20s");
    ChartServer.control("mode=html");
    assertThatUpFails("Yahoo sent a page or a text, not prices");
    ChartServer.stop();
    try {
      assertThatUpFails("cannot reach Yahoo");
    } finally {
      ChartServer.start();
    }
    ChartServer.control("");

    Stack.up();
    assertThat(Stack.served()).isEqualTo(OTHER_TICKER);
    for (String node : Lab.NODES) {
      assertThat(on(node, IMAGES))
          .as("the image on %s, after the edit was undone before it was rolled out", node)
          .isEqualTo(api);
    }
    assertThat(succeed("ls target/images | grep 'ml-api.*tar$'"))
        .as("image archives of the API")
        .isEqualTo(api.replaceAll(".*/", "").replace(':', '-') + ".tar");
  }

  @Test
  @Tag(Stack.FROM_NOTHING)
  void aDayThatTheCronJobTrainedIsServedWithoutARestart() {
    ChartServer.control("withheld=1");
    Stack.up();
    assertThat(Stack.asOf()).isEqualTo("2018-12-28");
    String pods = Stack.apiPodsAndRestarts();
    String version = version();

    ChartServer.control("");
    String nightly = Stack.kubectl("get cronjobs -o name");
    Stack.kubectl("create job extra-day --from=" + nightly);
    Stack.kubectl("wait job/extra-day --for=condition=complete --timeout=120s");
    Phases.time(
        "new day served after the end of its Job",
        () ->
            Shell.eventually(
                Duration.ofSeconds(30),
                "curl -s http://192.168.56.21:30951/predictionForTomorrow | grep -q '\"asOf\":\"2018-12-31\"'"));

    assertThat(Stack.apiPodsAndRestarts()).as("pods and their restarts").isEqualTo(pods);
    boolean promoted = Stack.kubectl("logs job/extra-day").contains("verdict   promoted");
    assertThat(!version().equals(version))
        .as("whether another version is served")
        .isEqualTo(promoted);
    Stack.kubectl("delete job extra-day");
  }

  /** Checks that an update fails for the reason, and that the old model is still served. */
  private static void assertThatUpFails(String reason) {
    Shell.Result failed = Stack.tryUp();
    assertThat(failed.exit()).as(failed.toString()).isNotZero();
    assertThat(failed.output()).contains(reason).doesNotContain("%!");
    assertThat(Stack.served()).isEqualTo(TICKER);
  }

  private static String version() {
    return Stack.prediction().getAsJsonObject("model").get("version").getAsString();
  }
}
