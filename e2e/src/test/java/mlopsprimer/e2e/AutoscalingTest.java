package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An API whose number of pods follows their use of CPU, which metrics-server measures. */
@NeedsLayers({"s3", "metrics-server"})
@ExtendWith(Stack.class)
class AutoscalingTest {
  private static final String PODS =
      "kubectl -n mlops-primer get deployment -l app.kubernetes.io/component=api -o jsonpath={.items[0].status.readyReplicas}";

  @AfterEach
  void destroy() {
    Stack.destroy();
  }

  @Test
  @Tag(Stack.FROM_NOTHING)
  void aBusyApiGetsMorePodsAndKeepsThemAfterAnUpdate() {
    S3Server.use();
    Stack.set("replicas", "1");
    Stack.set("apiMaxReplicas", "3");
    Stack.set("apiCpu", "500m"); // less than the lab can load it with
    Stack.up();
    assertThat(succeed(PODS)).as("pods of an idle API").isEqualTo("1");
    Shell.eventually(
        Duration.ofMinutes(2),
        "kubectl -n mlops-primer get horizontalpodautoscalers -o jsonpath={.items[0].status.currentMetrics[0].resource.current.averageValue} | grep -E '^[0-9]+m?$'");

    Phases.time(
        "a busy API has more pods",
        () ->
            Shell.eventually(
                Duration.ofMinutes(3),
                "timeout 20 python3 e2e/src/test/resources/busy.py 192.168.56.21 30951 200 15 >/dev/null; [ \"$(%s)\" -gt 1 ]"
                    .formatted(PODS)));

    String pods = succeed(PODS);
    assertThat(Stack.up())
        .as("an update, which does not set the number of pods back")
        .doesNotContainPattern("\\d+ (created|updated|replaced|deleted)");
    assertThat(succeed(PODS)).isGreaterThanOrEqualTo(pods);
    assertThat(Stack.served()).isEqualTo(Stack.TICKER);
  }
}
