package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Settings far from their defaults, in one stack that all tests of this class share. */
@LastOfCore
@ExtendWith({Lab.class, Stack.class})
@Tag(Stack.UP_ITSELF)
class LimitsTest {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);
  private static final int GIBIBYTE = 1024;

  @BeforeEach
  void upWithLimits() {
    Stack.set("threshold", "0.0005");
    Stack.set("trainerMemory", "1Gi");
    Stack.set("apiMemory", Stack.LEAST_API_MEMORY);
    Stack.up();
  }

  @Test
  void aSmallThresholdIsServedAsItWasSet() {
    assertThat(Stack.prediction().get("threshold").getAsBigDecimal())
        .isEqualByComparingTo("0.0005");
    assertThat(Stack.prediction().get("prediction").getAsString()).isEqualTo("UP");
  }

  @Test
  void moreMemoryForTheTrainerIsALargerHeapInItsPod() {
    String log = Stack.kubectl("logs --selector app.kubernetes.io/component=trainer --tail=-1");

    MatchResult heap =
        Pattern.compile("event=started .*heapMebibytes=(\\d+)")
            .matcher(log)
            .results()
            .findFirst()
            .orElseThrow(() -> new AssertionError(log));
    assertThat(Integer.parseInt(heap.group(1))).isBetween(GIBIBYTE / 2, GIBIBYTE);
  }

  @Test
  void theApiSurvivesAFloodWithTheLeastMemory() {
    String before = Stack.apiPodsAndRestarts();

    succeed("python3 e2e/src/test/resources/flood.py 192.168.56.21 30951");

    Shell.eventually(A_MINUTE, "curl -s --fail http://192.168.56.21:30951/predictionForTomorrow");
    assertThat(Stack.apiPodsAndRestarts()).isEqualTo(before);
    assertThat(before.lines()).hasSize(2).allMatch(pod -> pod.endsWith(" 0"));
  }

  @Test
  void twoThousandBusyClientsFailNoProbeOfTheApi() {
    String pods = Stack.apiPodsAndRestarts();
    List<String> failures = failedProbesOf(pods);

    succeed("python3 e2e/src/test/resources/busy.py 192.168.56.21 30951 2000 40");

    assertThat(failedProbesOf(pods)).isEqualTo(failures);
    assertThat(Stack.apiPodsAndRestarts()).isEqualTo(pods);
  }

  /**
   * The failed probes of the pods. A pod fails startup probes until it listens. A pod of an earlier
   * rollout, which may still be ending, fails readiness probes and is not among the pods.
   *
   * @param pods lines that begin with the name of a pod
   */
  private static List<String> failedProbesOf(String pods) {
    Set<String> names =
        pods.lines().map(pod -> pod.substring(0, pod.indexOf(' '))).collect(Collectors.toSet());
    return Stack.kubectl(
            "get events --field-selector reason=Unhealthy --sort-by=.metadata.name -o "
                + "'go-template={{range .items}}{{.involvedObject.name}} {{.count}} {{.message}}"
                + "{{\"\\n\"}}{{end}}'")
        .lines()
        .filter(event -> names.contains(event.split(" ", 2)[0]))
        .toList();
  }
}
