package mlopsprimer.nodeprovider.training;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The state of a training Job at one moment.
 *
 * @param pods the pods of the Job, oldest first
 */
record TrainingSnapshot(Job job, List<Pod> pods) {
  private static final String INDEX = "batch.kubernetes.io/job-completion-index";
  private static final String FAILED = "Failed";

  TrainingSnapshot {
    pods = List.copyOf(pods);
  }

  boolean hasEnded() {
    return condition("Complete").isPresent() || condition(FAILED).isPresent();
  }

  boolean isSuspended() {
    return Boolean.TRUE.equals(job.getSpec().getSuspend());
  }

  boolean hasStarted() {
    return status().getStartTime() != null;
  }

  /** Number of seconds that the Job may take; zero if it has no limit. */
  long deadlineSeconds() {
    return Objects.requireNonNullElse(job.getSpec().getActiveDeadlineSeconds(), 0L);
  }

  /** Number of pods that have not ended. */
  int active() {
    return Objects.requireNonNullElse(status().getActive(), 0);
  }

  /** Why the Job failed, as a clause; empty if it did not. */
  Optional<String> failure() {
    return condition(FAILED)
        .map(condition -> condition.getReason() + ": " + condition.getMessage());
  }

  /** Indexes whose pod succeeded. */
  BitSet completed() {
    return indexes(status().getCompletedIndexes());
  }

  /** Indexes that the Job has given up. */
  BitSet failed() {
    return indexes(status().getFailedIndexes());
  }

  /** Pods that run. */
  List<Pod> running() {
    return pods.stream().filter(pod -> "Running".equals(pod.getStatus().getPhase())).toList();
  }

  /** Pods that failed, oldest first. */
  List<Pod> failedPods() {
    return pods.stream().filter(pod -> FAILED.equals(pod.getStatus().getPhase())).toList();
  }

  /** The newest failed pod of an index; empty if none failed. */
  Optional<Pod> newestFailure(int index) {
    return failedPods().stream().filter(pod -> indexOf(pod) == index).reduce((a, b) -> b);
  }

  /** The index of a pod; -1 if it has none. */
  static int indexOf(Pod pod) {
    Map<String, String> annotations =
        Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.of());
    return Integer.parseInt(annotations.getOrDefault(INDEX, "-1"));
  }

  /** How the container of a pod ended; empty if it has not, or if the pod lost its container. */
  static Optional<ContainerStateTerminated> endOf(Pod pod) {
    return pod.getStatus().getContainerStatuses().stream()
        .map(ContainerStatus::getState)
        .filter(Objects::nonNull)
        .map(ContainerState::getTerminated)
        .filter(Objects::nonNull)
        .findFirst();
  }

  private Optional<JobCondition> condition(String type) {
    return status().getConditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .filter(condition -> condition.getStatus().equals("True"))
        .findFirst();
  }

  private JobStatus status() {
    return Objects.requireNonNullElseGet(job.getStatus(), JobStatus::new);
  }

  /** Reads numbers and ranges: 1,3-5. */
  private static BitSet indexes(String text) {
    BitSet indexes = new BitSet();
    if (text != null && !text.isBlank()) {
      for (String part : text.split(",", -1)) {
        String[] ends = part.strip().split("-", -1);
        indexes.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
      }
    }
    return indexes;
  }
}
