package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.on;
import static mlopsprimer.e2e.Shell.succeed;
import static mlopsprimer.e2e.Stack.OTHER_TICKER;
import static mlopsprimer.e2e.Stack.TICKER;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Commands of a user of the stack: up, preview, another ticker, an interruption, destroy. */
@ExtendWith({Lab.class, Stack.class})
class PulumiTest {
  @Test
  void aDestroyedStackCanBeCreatedAgain() {
    String trainer = Stack.reference("trainer");
    String api = Stack.reference("api");

    Phases.time("pulumi destroy", Stack::destroy);
    Remains.assertThatThereAreNone();

    Phases.time("pulumi up from nothing", Stack::up);
    assertThatTheStackPredicts();
    assertThat(Stack.reference("trainer")).as("the trainer's image").isEqualTo(trainer);
    assertThat(Stack.reference("api")).as("the API's image").isEqualTo(api);

    assertThat(Phases.time("pulumi up without a change", Stack::up))
        .as("output of an update without a change")
        .containsPattern("\\d+ unchanged")
        .doesNotContainPattern("\\d+ (created|updated|replaced|deleted)");
  }

  private static void assertThatTheStackPredicts() {
    JsonObject answer = Stack.prediction();
    assertThat(answer.get("prediction").getAsString()).isIn("UP", "DOWN");
    assertThat(answer.get("confidence").getAsDouble()).isBetween(0.0, 1.0);
    assertThat(answer.get("ticker").getAsString()).isEqualTo(TICKER);
    assertThat(answer.get("asOf").getAsString()).isEqualTo("2018-12-31");
    assertThat(answer.get("forDate").getAsString()).isEqualTo("2019-01-02");
    assertThat(answer.get("dataSource").getAsString()).isEqualTo("yahoo");
    assertThat(Stack.kubectl("get jobs -o jsonpath={.items[*].status.succeeded}"))
        .as("successful pods of the training Jobs")
        .isEqualTo("1");
    assertThat(Stack.kubectl("get deployment -o jsonpath={.items[*].status.readyReplicas}"))
        .as("ready pods of the API")
        .isEqualTo("2");
    assertThat(succeed("curl -s \"$(pulumi stack output predictionUrl)\"")).contains(TICKER);
  }

  @Test
  void theTickerChangesWithoutAFailedRequest() {
    Load load = new Load();
    try (load) {
      Stack.set("ticker", OTHER_TICKER);
      Phases.time("pulumi up with another ticker", Stack::up);
      assertThat(Stack.served()).isEqualTo(OTHER_TICKER);
    }
    load.assertThatNoneFailed();
    assertThat(Stack.answer("/predictionForTomorrow?ticker=%5EGSPC").get("ticker").getAsString())
        .as("the previous ticker, which is still served on request")
        .isEqualTo(TICKER);
  }

  @Test
  void everyTickerOfTheListIsTrainedAndServed() {
    succeed(
        "pulumi config set --path 'tickers[0]' ^IXIC && pulumi config set --path 'tickers[1]' ^GSPC");
    Stack.up();

    assertThat(Stack.served()).isEqualTo(OTHER_TICKER);
    assertThat(Stack.answer("/predictionForTomorrow?ticker=%5EGSPC").get("asOf").getAsString())
        .isEqualTo("2018-12-31");
    assertThat(Stack.kubectl("get jobs,cronjobs --no-headers -o name"))
        .as("one Job, and one CronJob for the exchange of both tickers")
        .hasLineCount(2);
  }

  @Test
  void aPreviewOfAnotherTickerNamesOnlyTheObjectsThatChange() {
    Stack.set("ticker", OTHER_TICKER);
    JsonObject preview =
        JsonParser.parseString(succeed("pulumi preview --json 2>/dev/null")).getAsJsonObject();

    Set<String> changes = new TreeSet<>();
    for (JsonElement element : preview.getAsJsonArray("steps")) {
      JsonObject step = element.getAsJsonObject();
      String[] urn = step.get("urn").getAsString().split("::", -1);
      String type = urn[2].substring(urn[2].lastIndexOf(':') + 1);
      if (!step.get("op").getAsString().equals("same")) {
        changes.add("%s %s %s".formatted(step.get("op").getAsString(), type, urn[3]));
      }
    }
    assertThat(changes)
        .containsExactly(
            "replace Job train",
            "update CronJob nightly-xnys",
            "update Deployment prediction-api",
            "update Rollout prediction-api",
            "update TrainingCheck train",
            "update TrainingOutcome train");
  }

  @Test
  void everyWrongSettingIsReportedInOneRun() {
    Stack.set("trees", "0");
    Stack.set("nodePort", "80");
    Shell.Result refused = Stack.tryUp();

    assertThat(refused.exit()).isNotZero();
    assertThat(refused.output())
        .contains("2 problems with the configuration; nothing was changed")
        .contains("trees is '0'")
        .contains("nodePort is '80'")
        .doesNotContain("\tat ");
    assertThat(Stack.served()).as("the ticker that is still served").isEqualTo(TICKER);
  }

  /**
   * Interrupts two updates. After Ctrl-C, Pulumi ends in order, and another update is enough. After
   * a kill, the user needs the commands that the README recommends.
   */
  @Test
  void anInterruptedUpdateCanBeCompleted() {
    Stack.set("seed", "43");
    assertThat(upThatEndsDuringTheTraining("kill -INT $up; wait $up").exit())
        .as("exit code of the update that got Ctrl-C")
        .isNotZero();
    Stack.up();
    assertThatTheModelIsTrainedAndServed();

    Stack.set("seed", "44");
    upThatEndsDuringTheTraining(Stack.KILL_UP);
    try {
      Shell.eventually(Duration.ofSeconds(30), "! pgrep --full '[n]ode-provider.jar'");
      assertThat(Stack.tryUp().output()).contains("the stack is currently locked");
      List<String> commands = Commands.inTableRow("the stack is currently locked");
      assertThat(commands).last().isEqualTo("pulumi up --yes");
      commands.forEach(Shell::succeed);
    } finally {
      succeed("pulumi cancel --yes"); // a lock that stays would make every other test fail
    }
    assertThatTheModelIsTrainedAndServed();
  }

  /** Starts an update and runs commands that end it as soon as it waits for the training Job. */
  private static Shell.Result upThatEndsDuringTheTraining(String end) {
    return Shell.run(
        """
        setsid %s >e2e/target/interrupted.log 2>&1 &
        up=$!
        for i in $(seq 600); do
          grep -qE 'TrainingOutcome .*(creating|updating)' e2e/target/interrupted.log && break
          sleep 0.1
        done
        %s
        """
            .formatted(Stack.UP, end));
  }

  private static void assertThatTheModelIsTrainedAndServed() {
    assertThat(Stack.served()).isEqualTo(TICKER);
    assertThat(Stack.kubectl("get jobs -o jsonpath={.items[*].status.succeeded}")).isEqualTo("1");
  }

  @Test
  void aSettingDoesNotMoveAStoreInUse() {
    Stack.set("storagePath", "/var/lib/somewhere-else");
    Stack.set("storageSize", "2Gi");
    Shell.Result refused = Stack.tryUp();

    assertThat(refused.exit()).isNotZero();
    assertThat(refused.output())
        .contains("the directory /var/lib/mlops-primer on kube-worker-1 exists")
        .contains("/var/lib/somewhere-else", "2Gi", "run 'pulumi destroy'");
    assertThat(Stack.served()).isEqualTo(TICKER);
  }

  @Test
  void keptModelsAreServedAfterDestroyAndUp() {
    String version = version();
    Stack.set("keepModels", "true");
    Stack.up();

    Stack.destroy();
    assertThat(on(Lab.WORKER, "ls /var/lib/mlops-primer/champions")).contains("GSPC");
    Stack.up();

    assertThat(version()).isEqualTo(version);
  }

  private static String version() {
    return Stack.prediction().getAsJsonObject("model").get("version").getAsString();
  }
}
