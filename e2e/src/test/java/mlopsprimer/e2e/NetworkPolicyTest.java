package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.on;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The network policies, enforced by kube-router. The probe's pods are the stranger: they are in
 * another namespace, and no policy selects them. All tests share one stack.
 */
@NeedsLayers({"s3", "kube-router"})
@ExtendWith({Probe.class, Stack.class})
@Tag(Stack.UP_ITSELF)
class NetworkPolicyTest {
  /** A server outside the cluster that answers every node: the lab's stand-in for Yahoo. */
  private static final String OUTSIDE = "http://192.168.56.1:8077/";

  private static final String STORE = "app.kubernetes.io/component=store";
  private static final String API = "app.kubernetes.io/component=api";
  private static final String WGET = "/bin/busybox timeout 5 /bin/busybox wget -q -O - ";
  private static final String REFUSED = "refused";
  private static final String ANSWERED = "answered";
  private static final int WRITER = 7070;
  private static final int READER = 7071;
  private static boolean isUp;

  @BeforeEach
  void upWithAnS3ServerInTheCluster() {
    if (!isUp) {
      Stack.destroy();
      S3InClusterTest.useAnS3ServerInTheCluster();
      Phases.time("pulumi up from nothing, with enforced policies", Stack::up);
      isUp = true;
    }
  }

  @AfterAll
  static void destroy() {
    isUp = false;
    Stack.destroy();
  }

  @Test
  void aModelIsTrainedAndServed() {
    assertThat(Stack.served()).isEqualTo(Stack.TICKER);
  }

  @Test
  void theApiCannotReachAnAddressOutsideTheCluster() {
    assertThat(
            on(
                Lab.WORKER,
                "curl --silent --max-time 5 -o /dev/null %s && echo yes".formatted(OUTSIDE)))
        .as("whether the node itself reaches the server")
        .isEqualTo("yes");

    assertThat(fromTheApi(OUTSIDE)).isEqualTo(REFUSED);
  }

  @Test
  void theApiReachesOnlyTheReadersPortOfItsStore() {
    assertThat(fromTheApi("http://%s:%d/health".formatted(addressOfStore(), READER)))
        .isEqualTo("200");
    assertThat(fromTheApi("http://%s:%d/health".formatted(addressOfStore(), WRITER)))
        .isEqualTo(REFUSED);
  }

  @Test
  void aStrangersPodCannotReachTheStore() {
    String pod =
        Stack.kubectl("get pods -l %s -o jsonpath={.items[0].status.podIP}".formatted(STORE));

    for (String node : Lab.NODES) {
      for (int port : new int[] {WRITER, READER}) {
        assertThat(fromAStranger(node, "http://%s:%d/health".formatted(addressOfStore(), port)))
            .as("port %d of the store's Service, from %s", port, node)
            .isEqualTo(REFUSED);
        assertThat(fromAStranger(node, "http://%s:%d/health".formatted(pod, port)))
            .as("port %d of the store's pod, from %s", port, node)
            .isEqualTo(REFUSED);
      }
    }
  }

  /** Without this, a request that cannot work would pass for one that a policy refuses. */
  @Test
  void aStrangersPodReachesWhatThePoliciesAllow() {
    String pod =
        Stack.kubectl("get pods -l %s -o jsonpath={.items[0].status.podIP}".formatted(API));

    for (String node : Lab.NODES) {
      assertThat(fromAStranger(node, "http://%s:8081/metrics".formatted(pod)))
          .as("a page, from %s", node)
          .isEqualTo(ANSWERED);
      assertThat(fromAStranger(node, "http://%s:8080/no-such-page".formatted(pod)))
          .as("an HTTP error, from %s", node)
          .isEqualTo(ANSWERED);
    }
  }

  @Test
  void aPodOfTheClusterCanReadTheMetrics() {
    String pod =
        Stack.kubectl("get pods -l %s -o jsonpath={.items[0].status.podIP}".formatted(API));

    for (String node : Lab.NODES) {
      assertThat(Probe.eventuallyIn(node, WGET + "http://%s:8081/metrics".formatted(pod)))
          .as("the metrics, from %s", node)
          .contains("# TYPE");
    }
  }

  @Test
  void thePoliciesOutliveARestartOfKubeRouter() {
    Shell.succeed("kubectl -n kube-system rollout restart daemonset/kube-router");
    Shell.eventually(
        Duration.ofMinutes(1),
        "kubectl -n kube-system rollout status daemonset/kube-router --timeout=30s");

    assertThat(fromTheApi(OUTSIDE)).isEqualTo(REFUSED);
    assertThat(Stack.served()).isEqualTo(Stack.TICKER);
  }

  private static String addressOfStore() {
    return Stack.kubectl(
        "get services -l %s -o jsonpath={.items[0].spec.clusterIP}".formatted(STORE));
  }

  /**
   * Sends a request from the network namespace of an API process, with the node's curl, because the
   * image has none.
   *
   * @return the HTTP status, or {@link #REFUSED} without a connection
   */
  private static String fromTheApi(String url) {
    return on(
        Lab.WORKER,
        """
        pid=$(pgrep --oldest -f /app/api.jar)
        status=$(nsenter --target "$pid" --net curl --silent --max-time 5 -o /dev/null -w '%%{http_code}' %s) || status=%s
        echo "$status"
        """
            .formatted(url, REFUSED));
  }

  /** Sends a request from the probe's pod of a node; an HTTP error is an answer too. */
  private static String fromAStranger(String node, String url) {
    return Probe.in(
        node,
        "/bin/busybox sh -c 'if said=$(%s %s 2>&1); then echo %s; else case \"$said\" in *\"server returned\"*) echo %s ;; *) echo %s ;; esac; fi'"
            .formatted(WGET, url, ANSWERED, ANSWERED, REFUSED));
  }
}
