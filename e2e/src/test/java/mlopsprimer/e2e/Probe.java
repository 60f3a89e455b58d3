package mlopsprimer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Something to talk to on every node: a DaemonSet of busybox that serves its node's name on port
 * 8080 and, through a Service, on every node's port 30080. Its image is side-loaded, as the
 * project's own are.
 */
final class Probe implements BeforeAllCallback {
  static final int NODE_PORT = 30_080;
  private static final String IMAGE = "localhost/probe:1";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** After a lab that was made anew, too. */
  @Override
  public void beforeAll(ExtensionContext context) {
    for (String node :
        Shell.succeed("kubectl get nodes -o name | cut -d / -f 2").lines().toList()) {
      load(node);
    }
    Shell.succeed("kubectl apply -f e2e/src/test/resources/probe.yaml");
    ready();
  }

  /** Puts the image on a node, as `ctr images import` would for an air-gapped one. */
  static void load(String node) {
    Shell.succeed(
        """
        lab/image-archive.py e2e/target/probe.tar %s /bin/busybox e2e/target/busybox.tar
        ssh -F infra-context/ssh-config %s sudo ctr --namespace k8s.io images import - < e2e/target/probe.tar
        """
            .formatted(IMAGE, node));
  }

  /** Waits until the probes and the cluster's DNS are back, for they take their own time. */
  static void ready() {
    Shell.eventually(
        PATIENCE,
        """
        kubectl rollout status daemonset/probe --namespace probe --timeout=60s &&
          kubectl rollout status deployment/coredns --namespace kube-system --timeout=60s
        """);
  }

  /** The node that a request to that address was answered by. */
  static String answerOf(String address) {
    return Shell.eventually(
        PATIENCE, "curl --silent --fail --max-time 2 http://%s:%d/".formatted(address, NODE_PORT));
  }

  /** By their own addresses, past every Service: the routes between the nodes are there. */
  static void podsReachThoseOfOtherNodes() {
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

  /** What a command prints in the probe's pod of a node. */
  static String in(String node, String command) {
    return Shell.succeed(inPodOf(node, command));
  }

  /** The same after a reboot or a join, when kube-proxy and the DNS may still be catching up. */
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
