package mlopsprimer.nodeprovider.rollout;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mlopsprimer.nodeprovider.rpc.Log;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/**
 * Polls one rollout until it is complete, or until a fault shows that it cannot become complete.
 */
final class RolloutWatch {
  private final KubernetesApi cluster;
  private final String namespace;
  private final String deployment;
  private final RolloutLimits limits;
  private final PodFaults podFaults;

  private final LastingFaults lasting = new LastingFaults();

  RolloutWatch(KubernetesApi cluster, String namespace, String deployment, RolloutLimits limits) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.deployment = deployment;
    this.limits = limits;
    this.podFaults = new PodFaults(limits);
  }

  /**
   * Waits until all pods are of the newest specification and available.
   *
   * @throws ResourceException if that cannot happen; the message has the state of the pods
   */
  void untilComplete(Log log) throws ResourceException, InterruptedException {
    long answered = System.nanoTime();
    long progressed = answered;
    Set<Object> seen = new HashSet<>();
    String logged = "";
    while (true) {
      try {
        RolloutSnapshot now = cluster.snapshot(namespace, deployment).orElseThrow(this::missing);
        answered = System.nanoTime();
        String pods = pods(now);
        if (now.isObserved() && !pods.equals(logged)) {
          log.info(pods);
          logged = pods;
        }
        if (now.isComplete()) {
          return;
        }
        requireNoLastingFault(now);
        if (seen.add(now.progress())) {
          progressed = System.nanoTime();
        } else if (isOver(limits.noProgress(), progressed)) {
          throw noProgress(now);
        }
      } catch (KubernetesClientException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException("the rollout is not watched any more");
        }
        if (Refusals.isFinal(e) || isOver(limits.unreachable(), answered)) {
          throw refused(e);
        }
      }
      Thread.sleep(limits.poll().toMillis());
    }
  }

  /**
   * Fails if a fault lasts longer than its grace. The faults of previous pods are ignored, because
   * this rollout may correct them.
   */
  private void requireNoLastingFault(RolloutSnapshot now) throws ResourceException {
    List<Fault> faults =
        now.isObserved()
            ? Stream.concat(
                    now.replicaFailure().map(this::noPod).stream(),
                    now.pods().stream().flatMap(pod -> podFaults.of(pod).stream()))
                .toList()
            : List.of();
    lasting.require(faults);
  }

  private Fault noPod(String message) {
    return new Fault(
        "replicas",
        limits.stuck(),
        "Kubernetes cannot create a pod for the Deployment %s: %s. Correct that error, then run 'pulumi up' again"
            .formatted(deployment, message));
  }

  private ResourceException missing() {
    return new ResourceException(
        "the namespace %s has no Deployment %s: run 'pulumi refresh', then 'pulumi up' again"
            .formatted(namespace, deployment));
  }

  private ResourceException noProgress(RolloutSnapshot now) {
    return new ResourceException(
        "the rollout of the Deployment %s made no progress for %d s: %s. %s%nFind the cause with 'kubectl --namespace %s describe pods', correct it, then run 'pulumi up' again"
            .formatted(
                deployment,
                limits.noProgress().toSeconds(),
                pods(now),
                now.pods().stream()
                    .map(PodFaults::describe)
                    .collect(Collectors.joining("%n".formatted())),
                namespace));
  }

  private ResourceException refused(KubernetesClientException e) {
    return new ResourceException(
        "the API server at %s does not report the rollout of the Deployment %s: %s. Check with 'kubectl get nodes' that the API server answers and accepts the kubeconfig, then run 'pulumi up' again"
            .formatted(cluster.address(), deployment, Refusals.reason(e)),
        e);
  }

  private static String pods(RolloutSnapshot now) {
    long ready = now.isComplete() ? now.desired() : now.ready();
    return "%d of %d pods are ready".formatted(ready, now.desired());
  }

  private static boolean isOver(Duration limit, long since) {
    return System.nanoTime() - since >= limit.toNanos();
  }
}
