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
 * The stack "lab": before every test it is up, with the settings and the prices that {@code
 * lab/prepare-stack.sh} gives it; or, before one with the tag {@link #FROM_NOTHING}, destroyed; or,
 * before one with {@link #UP_ITSELF}, has those settings, and the test brings it up.
 */
final class Stack implements BeforeEachCallback {
  static final String FROM_NOTHING = "from-nothing";
  static final String UP_ITSELF = "up-itself";
  static final String TICKER = "^GSPC";
  static final String OTHER_TICKER = "^IXIC";
  private static final String URL = "http://192.168.56.21:30951";
  static final String UP = "pulumi up --yes --skip-preview --color never";
  private static final Duration SERVED = Duration.ofMinutes(2);

  /** What Pulumi knew when the stack was last as every test expects it. */
  private static String expected = "";

  @Override
  public void beforeEach(ExtensionContext context) {
    asItWas();
    if (context.getTags().contains(FROM_NOTHING)) {
      destroy();
    } else if (!context.getTags().contains(UP_ITSELF) && !expected.equals(known())) {
      up();
      expected = known();
    }
  }

  private static String known() {
    return succeed("pulumi stack export | grep -vE '\"(time|created|modified)\":'");
  }

  /** Settings and prices as they were; what they say is on the cluster after the next up. */
  static void asItWas() {
    succeed("rm -f Pulumi.lab.yaml && lab/prepare-stack.sh");
    ChartServer.tell("");
  }

  static String up() {
    return succeed(UP);
  }

  static Result tryUp() {
    return Shell.run(UP);
  }

  static void set(String key, String value) {
    succeed("pulumi config set %s '%s'".formatted(key, value));
  }

  static String destroy() {
    return succeed("pulumi destroy --yes --skip-preview --color never");
  }

  /** The API's answer, which must be one. */
  static JsonObject prediction() {
    return answer("/predictionForTomorrow");
  }

  /** The same, as soon as there is one: a cluster that was off takes its time. */
  static JsonObject predictionAgain() {
    return JsonParser.parseString(
            Shell.eventually(
                SERVED, "curl -s --fail --max-time 3 " + URL + "/predictionForTomorrow"))
        .getAsJsonObject();
  }

  static JsonObject answer(String path) {
    return JsonParser.parseString(succeed("curl -s --max-time 5 " + URL + path)).getAsJsonObject();
  }

  static String served() {
    return prediction().get("ticker").getAsString();
  }

  static String asOf() {
    return prediction().get("asOf").getAsString();
  }

  /** Of those that failed: "10 10". */
  static String exitCodesOfTrainings() {
    return kubectl(
        "get pods -l app.kubernetes.io/component=trainer --field-selector status.phase=Failed "
            + "-o 'jsonpath={.items[*].status.containerStatuses[0].state.terminated.exitCode}'");
  }

  /** The digest that a node has of an app's image that the stack made; empty if it has none. */
  static String digestOn(String node, String app) {
    String reference = reference(app);
    return Shell.on(
        node,
        "ctr --namespace k8s.io images ls name==%s | awk 'NR > 1 { print $3 }'"
            .formatted(reference));
  }

  /** localhost/ml-api:0123456789ab, of what runs. */
  static String reference(String app) {
    String found =
        succeed(
            "pulumi stack export | grep -oE 'localhost/ml-%s:[0-9a-f]{12}' | sort -u"
                .formatted(app));
    assertThat(found).as("the image of " + app).hasLineCount(1);
    return found;
  }

  /** What kubectl prints of the stack's namespace. */
  static String kubectl(String arguments) {
    return succeed("kubectl --namespace mlops-primer " + arguments);
  }
}
