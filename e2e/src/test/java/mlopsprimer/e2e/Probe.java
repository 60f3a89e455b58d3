package mlopsprimer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A DaemonSet of busybox that answers requests with the name of its node: on port 8080 of its pods
 * and, through a Service, on port 30080 of every node. Its image is imported on the nodes, like the
 * images of the apps.
 */
final class Probe implements BeforeAllCallback {
  private static final int NODE_PORT = 30_080;
  private static final String IMAGE = "localhost/probe:1";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Loads the image on every node again, because another test may have replaced a node. */
  @Override
  public void beforeAll(ExtensionContext context) {
    for (String node :
        Shell.succeed("kubectl get nodes -o name | cut -d / -f 2").lines().toList()) {
      load(node);
    }
    Shell.succeed("kubectl apply -f e2e/src/test/resources/probe.yaml");
    awaitReady();
  }

  /** Imports the image on a node. */
  static void load(String node) {
    Shell.succeed(
        """
        lab/image-archive.py e2e/target/probe.tar %s /bin/busybox e2e/target/busybox.tar
        ssh -F infra-context/ssh-config %s sudo ctr --namespace k8s.io images import - < e2e/target/probe.tar
        """
            .formatted(IMAGE, node));
  }

  /** Waits until the probe's pods and the cluster's DNS are ready. */
  static void awaitReady() {
    Shell.eventually(
        PATIENCE,
        """
        kubectl rollout status daemonset/probe --namespace probe --timeout=60s &&
          kubectl rollout status deployment/coredns --namespace kube-system --timeout=60s
        """);
  }

  /** The name of the node that answers a request to the address. */
  static String answerOf(String address) {
    return Shell.eventually(
        PATIENCE, "curl --silent --fail --max-time 2 http://%s:%d/".formatted(address, NODE_PORT));
  }

  /** Checks that pods reach pods on other nodes by their own addresses, without a Service. */
  static void assertThatPodsReachOtherNodes() {
    for (String node : Lab.NODES) {
      for (String other : Lab.NODES) {
        String address =
            "$(kubectl get pods -n probe --field-selector spec.nodeName=%s -o jsonpath={.items[0].status.podIP})"
                .formatted(other);
        assertThat(
                eventuallyIn(
                    node,
                    "/bin/busybox timeout 3 /bin/busybox wget -q -O - http://%s:8080/"
                        .formatted(address)))
            .isEqualTo(other);
      }
    }
  }

  /** Runs a command in the probe's pod of a node and returns its output. */
  static String in(String node, String command) {
    return Shell.succeed(inPodOf(node, command));
  }

  /**
   * Repeats a command in the probe's pod of a node until it succeeds. After a reboot or a join,
   * kube-proxy and the DNS need a moment.
   */
  static String eventuallyIn(String node, String command) {
    return Shell.eventually(PATIENCE, inPodOf(node, command));
  }

  private static String inPodOf(String node, String command) {
    return """
        pod=$(kubectl get pods --namespace probe --field-selector spec.nodeName=%s -o name)
        kubectl exec --namespace probe "$pod" -- %s
        """
        .formatted(node, command);
  }
}
