package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import mlopsprimer.e2e.Shell.Result;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The stack "lab". Before every test, this class resets the stack's settings and prices to those of
 * {@code lab/prepare-stack.sh} and runs {@code pulumi up}. A test with the tag {@link
 * #FROM_NOTHING} starts with a destroyed stack. A test with the tag {@link #UP_ITSELF} brings the
 * stack up itself.
 */
final class Stack implements BeforeEachCallback {
  static final String FROM_NOTHING = "from-nothing";
  static final String UP_ITSELF = "up-itself";
  static final String TICKER = "^GSPC";
  static final String OTHER_TICKER = "^IXIC";

  /** The smallest value that the setting apiMemory accepts. */
  static final String LEAST_API_MEMORY = "192Mi";

  private static final String URL = "http://192.168.56.21:30951";
  static final String UP = "pulumi up --yes --skip-preview --color never";

  /**
   * Kills an update that was started by {@code setsid} and has the process id {@code $up}. The
   * plugin of Kubernetes would go on for up to five minutes, so it is ended too. The plugin of this
   * project ends by itself.
   */
  static final String KILL_UP =
      "kill -KILL -- -$up; wait $up; pkill --session $up --full pulumi-resource-kubernetes";

  private static final Duration SERVED = Duration.ofMinutes(2);

  /** Pulumi's state when the stack was last up with the settings of lab/prepare-stack.sh. */
  private static String expected = "";

  @Override
  public void beforeEach(ExtensionContext context) {
    resetSettings();
    if (context.getTags().contains(FROM_NOTHING)) {
      destroy();
    } else if (!context.getTags().contains(UP_ITSELF) && !expected.equals(state())) {
      up();
      expected = state();
    }
  }

  /** The stack's state without the times, which differ even if nothing has changed. */
  private static String state() {
    return succeed("pulumi stack export | grep -vE '\"(time|created|modified)\":'");
  }

  /** Resets settings and prices. The next {@link #up} applies them to the cluster. */
  static void resetSettings() {
    succeed("rm -f Pulumi.lab.yaml && lab/prepare-stack.sh");
    ChartServer.control("");
  }

  /** Runs {@code pulumi up}, which must succeed. */
  static String up() {
    return succeed(UP);
  }

  /** Runs {@code pulumi up}, whether it succeeds or not. */
  static Result tryUp() {
    return Shell.run(UP);
  }

  /** Changes a setting for the next {@link #up}. */
  static void set(String key, String value) {
    succeed("pulumi config set %s '%s'".formatted(key, value));
  }

  /** Runs {@code pulumi destroy}, which must succeed. */
  static String destroy() {
    return succeed("pulumi destroy --yes --skip-preview --color never");
  }

  /** The API's prediction for the default ticker. */
  static JsonObject prediction() {
    return answer("/predictionForTomorrow");
  }

  /** Waits for a prediction, for example after a reboot, and returns it. */
  static JsonObject awaitPrediction() {
    return JsonParser.parseString(
            Shell.eventually(
                SERVED, "curl -s --fail --max-time 3 " + URL + "/predictionForTomorrow"))
        .getAsJsonObject();
  }

  /** The API's answer to a GET request. */
  static JsonObject answer(String path) {
    return JsonParser.parseString(succeed("curl -s --max-time 5 " + URL + path)).getAsJsonObject();
  }

  /** The ticker of {@link #prediction}. */
  static String served() {
    return prediction().get("ticker").getAsString();
  }

  /** The newest day of prices that {@link #prediction} uses. */
  static String asOf() {
    return prediction().get("asOf").getAsString();
  }

  /** The exit codes of failed training pods: "10 10". */
  static String exitCodesOfTrainings() {
    return kubectl(
        "get pods -l app.kubernetes.io/component=trainer --field-selector status.phase=Failed "
            + "-o 'jsonpath={.items[*].status.containerStatuses[0].state.terminated.exitCode}'");
  }

  /** The digest of an app's image on a node; empty if the node does not have the image. */
  static String digestOn(String node, String app) {
    String reference = reference(app);
    return Shell.on(
        node,
        "ctr --namespace k8s.io images ls name==%s | awk 'NR > 1 { print $3 }'"
            .formatted(reference));
  }

  /** Name and tag of an app's image in the stack: localhost/ml-api:0123456789ab. */
  static String reference(String app) {
    String found =
        succeed(
            "pulumi stack export | grep -oE 'localhost/ml-%s:[0-9a-f]{12}' | sort -u"
                .formatted(app));
    assertThat(found).as("images of " + app + " in the stack's state").hasLineCount(1);
    return found;
  }

  /**
   * One line for each pod of the API that is not being deleted: its name and its restarts. A pod of
   * an earlier rollout can still be shutting down when {@code pulumi up} ends.
   */
  static String apiPodsAndRestarts() {
    return kubectl(
        "get pods -l app.kubernetes.io/component=api --sort-by=.metadata.name -o "
            + "'go-template={{range .items}}{{if not .metadata.deletionTimestamp}}{{.metadata.name}} "
            + "{{(index .status.containerStatuses 0).restartCount}}{{\"\\n\"}}{{end}}{{end}}'");
  }

  /** Runs kubectl in the stack's namespace and returns its output. */
  static String kubectl(String arguments) {
    return succeed("kubectl --namespace mlops-primer " + arguments);
  }
}
