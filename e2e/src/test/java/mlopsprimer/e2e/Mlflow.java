package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.succeed;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.time.Duration;

/** The MLflow server of the stack, with the image of the layer mlflow. */
final class Mlflow {
  static final String URL = "http://192.168.56.21:30950";
  static final String MODEL = "mlops-primer-" + Stack.TICKER;

  /** The archive with the image, in the words of the shell. */
  static final String IMAGE = "\"${PULUMI_HOME%/*}\"/layers/mlflow/mlflow.tar";

  private Mlflow() {}

  /** Sets the stack's settings, as the chapter about MLflow does. */
  static void use() {
    Stack.set("mlflow", "true");
    Stack.set("mlflowNodePort", "30950");
    succeed("pulumi config set mlflowImage tar://" + IMAGE);
  }

  /** Asks the server with MLflow's own client: see e2e/mlflow-client.py. */
  static JsonElement client(String arguments) {
    String output =
        succeed(
            "MLFLOW_TRACKING_URI=%s MLFLOW_DISABLE_TELEMETRY=true \"$(scripts/mlflow.sh)\" e2e/mlflow-client.py %s 2>/dev/null"
                .formatted(URL, arguments));
    return JsonParser.parseString(output.lines().reduce((first, last) -> last).orElseThrow());
  }

  /** Moves the alias champion to a version of the registered model. */
  static void moveAlias(String number) {
    client("alias '%s' %s".formatted(MODEL, number));
  }

  /**
   * Waits until the API serves a version.
   *
   * @param since result of {@link System#nanoTime} when the wait began
   * @return the time from then on
   */
  static Duration untilServed(String version, long since) {
    Shell.eventually(
        Duration.ofSeconds(30),
        "curl -s --max-time 2 http://192.168.56.21:30951/predictionForTomorrow | grep -F '%s'"
            .formatted(version));
    return Duration.ofNanos(System.nanoTime() - since);
  }

  /**
   * Opens a page in Chromium and waits for what its scripts show.
   *
   * @param picture the file of the screenshot, from the checkout's root
   * @return the elements of the page
   */
  static String page(String path, String picture) {
    String browser =
        "chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1700,1000"
            + " --user-data-dir=\"$(mktemp -d)\" --virtual-time-budget=20000 --timeout=60000";
    succeed("%s --screenshot='%s' '%s%s' 2>/dev/null".formatted(browser, picture, URL, path));
    return succeed("%s --dump-dom '%s%s' 2>/dev/null".formatted(browser, URL, path));
  }
}
