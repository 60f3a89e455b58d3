package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.on;
import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A stack with an MLflow server of its own. The first test runs the commands of
 * docs/mlflow-walk-through.md, which train three times. The other tests use that stack.
 */
@NeedsLayers("mlflow")
@ExtendWith(Stack.class)
@Tag(Stack.UP_ITSELF)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MlflowTest {
  /** Prints the memory of the processes in MiB, with each shared page counted once. */
  private static final String MEMORY =
      """
      python3 -c 'import glob, os, re
      own = "/proc/%d/" % os.getpid()
      files = [f for f in glob.glob("/proc/[0-9]*/smaps_rollup") if not f.startswith(own)]
      print(sum(int(re.search("^Pss: *([0-9]+)", open(f).read(), re.M)[1]) for f in files) // 1024)'
      """;

  private static final Duration SERVED_WITHIN = Duration.ofSeconds(5);

  @AfterAll
  static void destroy() {
    Stack.destroy();
  }

  @Test
  @Order(1)
  void everyCommandOfTheChapterDoesWhatTheTextSays() throws IOException {
    Stack.destroy();
    for (String command : Commands.of("docs/mlflow-walk-through.md")) {
      String output =
          command.startsWith("pulumi up")
              ? Phases.time("MLflow chapter: " + command, () -> succeed(command))
              : succeed(command);
      if (command.contains("/predictionForTomorrow")) {
        assertThat(output).as(command).contains("\"prediction\":");
      } else if (command.contains("/health")) {
        assertThat(output).as(command).isEqualTo("OK");
      } else if (command.contains("load_model")) {
        assertThat(output).as(command).contains("probability_up");
      }
    }
  }

  @Test
  @Order(2)
  void threeTrainingsAreRunsAndVersions() {
    JsonArray runs = Mlflow.client("runs '%s'".formatted(Mlflow.MODEL)).getAsJsonArray();

    assertThat(runs).hasSize(3);
    for (JsonElement each : runs) {
      JsonObject run = each.getAsJsonObject();
      assertThat(run.get("name").getAsString()).isEqualTo("mlops-primer/" + Stack.TICKER);
      assertThat(run.get("status").getAsString()).isEqualTo("FINISHED");
      assertThat(run.get("brier").getAsDouble()).isBetween(0.0, 1.0);
      assertThat(run.get("artifacts").toString()).contains("model", "manifest.json");
    }
    assertThat(runs.asList())
        .extracting(run -> run.getAsJsonObject().get("settings").getAsString())
        .containsExactly("history 8y, seed 7", "history 8y, seed 42", "history 5y, seed 42");
    System.out.println("runs of three trainings: " + runs);
  }

  @Test
  @Order(3)
  void pythonLoadsTheChampionAndGetsTheProbabilityOfTheApi() {
    on(
        Lab.WORKER,
        "cp /var/lib/mlops-primer/latest/%5EGSPC.json /tmp/latest.json; chmod 644 /tmp/latest.json");
    succeed(
        "scp -q -F infra-context/ssh-config kube-worker-1:/tmp/latest.json e2e/target/latest.json");

    double python =
        Mlflow.client("predict '%s' e2e/target/latest.json".formatted(Mlflow.MODEL)).getAsDouble();
    double api = Stack.prediction().get("probabilityUp").getAsDouble();

    System.out.printf("probability of UP: Python %s, API %s%n", python, api);
    assertThat(python).isCloseTo(api, Offset.offset(1e-9));
  }

  @Test
  @Order(4)
  void anAliasThatIsMovedIsServedWithinFiveSecondsAndBack() {
    JsonObject versions = Mlflow.client("versions '%s'".formatted(Mlflow.MODEL)).getAsJsonObject();
    String champion = version();
    for (String number : new String[] {other(versions, champion), numberOf(versions, champion)}) {
      Mlflow.moveAlias(number);
      long moved = System.nanoTime();
      Duration served = Mlflow.untilServed(versions.get(number).getAsString(), moved);
      System.out.printf("alias champion at version %s: served after %s%n", number, served);
      assertThat(served).isLessThan(SERVED_WITHIN);
      assertThat(Stack.prediction().get("degraded").getAsBoolean()).isFalse();
    }
  }

  @Test
  @Order(5)
  void thePageOfARunOpensInABrowser() {
    JsonObject run =
        Mlflow.client("runs '%s'".formatted(Mlflow.MODEL))
            .getAsJsonArray()
            .get(0)
            .getAsJsonObject();
    String experiment = "/#/experiments/" + run.get("experiment").getAsString();
    String training = "?workflowType=machine_learning"; // the page begins with language models

    String page =
        Mlflow.page(
            experiment + "/runs/" + run.get("id").getAsString() + training,
            "e2e/target/mlflow.png");
    String runs = Mlflow.page(experiment + "/runs" + training, "e2e/target/mlflow-runs.png");

    assertThat(page).contains("model/brier", run.get("id").getAsString());
    assertThat(runs).contains("mlops-primer/" + Stack.TICKER);
  }

  @Test
  @Order(6)
  void theServerIsSmall() {
    long mebibytes = Long.parseLong(Stack.kubectl("exec deployment/mlflow -- " + MEMORY).strip());
    String image =
        on(Lab.WORKER, "ctr --namespace k8s.io images ls | awk '/ml-mlflow/ { print $4, $5 }'");
    String restarts =
        Stack.kubectl(
            "get pods -l app.kubernetes.io/component=mlflow -o jsonpath={.items[0].status.containerStatuses[0].restartCount}");

    System.out.printf("MLflow's pod: %d MiB of memory, image %s compressed%n", mebibytes, image);
    assertThat(mebibytes).isLessThan(900);
    assertThat(restarts).isEqualTo("0");
  }

  @Test
  @Order(7)
  void aTrainingSucceedsAlthoughTheServerIsKilledDuringIt() {
    Mlflow.use();
    Stack.set("seed", "11");
    String output =
        Phases.time(
            "pulumi up, MLflow killed during the training",
            () ->
                succeed(
                    """
                    (
                      for _ in $(seq 1200); do
                        kubectl -n mlops-primer get pods -l app.kubernetes.io/component=trainer --field-selector status.phase=Running -o name | grep -q . && break
                        sleep 0.1
                      done
                      kubectl -n mlops-primer delete pods -l app.kubernetes.io/component=mlflow --force --grace-period=0
                    ) &
                    %s
                    wait
                    """
                        .formatted(Stack.UP)));

    assertThat(output).contains("force deleted");
    assertThat(Stack.served()).isEqualTo(Stack.TICKER);
    Stack.kubectl("rollout status deployment/mlflow --timeout=120s");
    assertThat(Mlflow.client("runs '%s'".formatted(Mlflow.MODEL)).getAsJsonArray().size())
        .as("runs after the server is back")
        .isGreaterThanOrEqualTo(3);
  }

  @Test
  @Order(8)
  void withoutTheSettingNoObjectIsLeft() {
    Stack.up();

    assertThat(
            Stack.kubectl(
                "get all,secrets,configmaps,networkpolicies,serviceaccounts,pvc -o name | { grep -i -e mlflow -e tracks || true; }"))
        .isEmpty();
    assertThat(Stack.kubectl("get deployments,cronjobs -o yaml")).doesNotContain("MLFLOW");
    for (String node : Lab.NODES) {
      assertThat(on(node, "ctr --namespace k8s.io images ls --quiet"))
          .as("images on %s", node)
          .doesNotContain("ml-mlflow");
    }
    assertThat(Stack.served()).isEqualTo(Stack.TICKER);
  }

  @Test
  @Order(9)
  void destroyLeavesNothing() {
    Stack.destroy();

    Remains.assertThatThereAreNone();
  }

  private static String version() {
    return Stack.prediction().getAsJsonObject("model").get("version").getAsString();
  }

  private static String numberOf(JsonObject versions, String id) {
    return versions.keySet().stream()
        .filter(number -> versions.get(number).getAsString().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static String other(JsonObject versions, String id) {
    return versions.keySet().stream()
        .filter(number -> !versions.get(number).getAsString().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
