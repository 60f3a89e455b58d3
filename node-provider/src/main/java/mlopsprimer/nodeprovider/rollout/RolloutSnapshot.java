package mlopsprimer.nodeprovider.rollout;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The state of a rollout at one moment.
 *
 * @param pods the pods of the newest ReplicaSet, without those that are being deleted
 */
record RolloutSnapshot(Deployment deployment, List<Pod> pods) {
  RolloutSnapshot {
    pods = List.copyOf(pods);
  }

  /** Whether the Deployment controller has acted on the newest specification. */
  boolean isObserved() {
    return Objects.requireNonNullElse(status().getObservedGeneration(), 0L)
        >= Objects.requireNonNullElse(deployment.getMetadata().getGeneration(), 0L);
  }

  /** Whether all pods are of the newest specification and available, and no other pod is left. */
  boolean isComplete() {
    return isObserved()
        && number(status().getUpdatedReplicas()) == desired()
        && number(status().getAvailableReplicas()) == desired()
        && number(status().getReplicas()) == desired();
  }

  /** Number of pods that the specification asks for. */
  int desired() {
    return Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
  }

  /** Number of ready pods of the newest ReplicaSet. */
  long ready() {
    return pods.stream().filter(pod -> isReady(pod.getStatus())).count();
  }

  /**
   * A value that changes when the rollout makes progress. Failed pods, for example evicted pods,
   * are left out, because Kubernetes replaces them.
   */
  Object progress() {
    return List.of(
        isObserved(),
        number(status().getUpdatedReplicas()),
        number(status().getAvailableReplicas()),
        number(status().getReplicas()),
        pods.stream()
            .filter(pod -> !"Failed".equals(pod.getStatus().getPhase()))
            .map(pod -> pod.getStatus().getPhase() + ": " + PodFaults.states(pod))
            .sorted()
            .toList());
  }

  /** The controller's error if it cannot create a pod, or empty if it can. */
  Optional<String> replicaFailure() {
    return status().getConditions().stream()
        .filter(condition -> condition.getType().equals("ReplicaFailure"))
        .filter(condition -> condition.getStatus().equals("True"))
        .map(condition -> String.valueOf(condition.getMessage()))
        .findFirst();
  }

  private DeploymentStatus status() {
    return Objects.requireNonNullElseGet(deployment.getStatus(), DeploymentStatus::new);
  }

  private static boolean isReady(PodStatus status) {
    return status.getConditions().stream()
        .anyMatch(
            condition ->
                condition.getType().equals("Ready") && condition.getStatus().equals("True"));
  }

  private static int number(Integer count) {
    return Objects.requireNonNullElse(count, 0);
  }
}
