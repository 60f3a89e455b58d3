package mlopsprimer.nodeprovider.rollout;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds, in a pod's status, why the pod cannot become ready. */
public final class PodFaults {
  /** Reason of a waiting container that crashed before. The kubelet restarts it after a delay. */
  private static final String CRASH_LOOP = "CrashLoopBackOff";

  /** Number of restarts that are not a fault, because a second start often succeeds. */
  private static final int MOST_RESTARTS = 1;

  /** Reasons of a waiting container that do not disappear by themselves. */
  private static final Set<String> PERMANENT = Set.of("ErrImageNeverPull", "InvalidImageName");

  /** Reasons of a waiting container that can disappear, for example if a registry answers again. */
  private static final Set<String> STUCK =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError");

  private final RolloutLimits limits;

  public PodFaults(RolloutLimits limits) {
    this.limits = limits;
  }

  /** All faults of a pod; an empty list if it has none. */
  public List<Fault> of(Pod pod) {
    return Stream.concat(
            unschedulable(pod).stream(),
            containers(pod)
                .flatMap(container -> Stream.of(crash(pod, container), waiting(pod, container)))
                .flatMap(Optional::stream))
        .toList();
  }

  /** The state of a pod, in one sentence. */
  static String describe(Pod pod) {
    return Stream.of(
            pod.getStatus().getPhase(),
            pod.getStatus().getReason(),
            pod.getStatus().getMessage(),
            states(pod))
        .filter(text -> text != null && !text.isBlank())
        .collect(Collectors.joining(", ", "The pod %s is ".formatted(name(pod)), "."));
  }

  /** The state of each container of a pod, as clauses with commas between them. */
  static String states(Pod pod) {
    return containers(pod).map(PodFaults::state).collect(Collectors.joining(", "));
  }

  private static String state(ContainerStatus container) {
    ContainerState state = container.getState();
    String text = "container %s is ".formatted(container.getName());
    if (state != null && state.getWaiting() != null) {
      return text + "waiting: " + reasonAndMessage(state.getWaiting());
    } else if (state != null && state.getTerminated() != null) {
      return text + "ended with exit code " + state.getTerminated().getExitCode();
    }
    return text + (Boolean.TRUE.equals(container.getReady()) ? "ready" : "running but not ready");
  }

  private Optional<Fault> unschedulable(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .filter(condition -> condition.getType().equals("PodScheduled"))
        .filter(condition -> "Unschedulable".equals(condition.getReason()))
        .findFirst()
        .map(
            condition ->
                fault(
                    pod,
                    "scheduling",
                    limits.unschedulable(),
                    "no node can take the pod %s: %s. Give the nodes more memory or CPU, or reduce the memory or CPU of the pod, then run 'pulumi up' again"
                        .formatted(name(pod), condition.getMessage())));
  }

  private static Optional<Fault> crash(Pod pod, ContainerStatus container) {
    boolean waits =
        waiting(container).filter(state -> CRASH_LOOP.equals(state.getReason())).isPresent();
    boolean startsAgain =
        container.getRestartCount() > MOST_RESTARTS
            && !Boolean.TRUE.equals(container.getReady())
            && !Boolean.TRUE.equals(container.getStarted());
    if (!waits && !startsAgain) {
      return Optional.empty();
    }
    return lastEnd(container)
        .map(
            end ->
                fault(
                    pod,
                    container.getName(),
                    Duration.ZERO,
                    "OOMKilled".equals(end.getReason())
                        ? outOfMemory(pod, container, end)
                        : crashed(pod, container, end)));
  }

  private static String crashed(Pod pod, ContainerStatus container, ContainerStateTerminated end) {
    return "the pod %s crashes again and again: its container %s ended with exit code %d (%s); restarts: %d. The end of its log:%n%s%nCorrect that error, then run 'pulumi up' again. If you corrected a cause outside the pod, run 'kubectl --namespace %s delete pod %s' first, which starts a new pod at once"
        .formatted(
            name(pod),
            container.getName(),
            end.getExitCode(),
            end.getReason(),
            container.getRestartCount(),
            endOfLog(end),
            pod.getMetadata().getNamespace(),
            name(pod));
  }

  private static String outOfMemory(
      Pod pod, ContainerStatus container, ContainerStateTerminated end) {
    return "the pod %s runs out of memory: its container %s ended with exit code %d (OOMKilled) at the memory limit of %s; restarts: %d. The end of its log:%n%s%nRaise its memory limit, then run 'pulumi up' again"
        .formatted(
            name(pod),
            container.getName(),
            end.getExitCode(),
            memoryLimit(pod, container),
            container.getRestartCount(),
            endOfLog(end));
  }

  private Optional<Fault> waiting(Pod pod, ContainerStatus container) {
    return waiting(container)
        .filter(state -> PERMANENT.contains(reason(state)) || STUCK.contains(reason(state)))
        .map(
            state ->
                fault(
                    pod,
                    container.getName(),
                    PERMANENT.contains(reason(state)) ? Duration.ZERO : limits.stuck(),
                    "the pod %s cannot start its container %s: %s. Correct that error, then run 'pulumi up' again. If an image was removed from a node, run 'pulumi up --refresh', which imports the image again"
                        .formatted(name(pod), container.getName(), reasonAndMessage(state))));
  }

  private static Fault fault(Pod pod, String part, Duration grace, String message) {
    return new Fault(name(pod) + "/" + part, grace, message);
  }

  private static Stream<ContainerStatus> containers(Pod pod) {
    return Stream.concat(
        pod.getStatus().getInitContainerStatuses().stream(),
        pod.getStatus().getContainerStatuses().stream());
  }

  private static Optional<ContainerStateWaiting> waiting(ContainerStatus container) {
    return Optional.ofNullable(container.getState()).map(ContainerState::getWaiting);
  }

  private static String reasonAndMessage(ContainerStateWaiting state) {
    return Stream.of(state.getReason(), state.getMessage())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(": "));
  }

  private static String reason(ContainerStateWaiting state) {
    return String.valueOf(state.getReason());
  }

  private static Optional<ContainerStateTerminated> lastEnd(ContainerStatus container) {
    return Stream.of(container.getState(), container.getLastState())
        .filter(Objects::nonNull)
        .map(ContainerState::getTerminated)
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static String endOfLog(ContainerStateTerminated end) {
    String log = Objects.requireNonNullElse(end.getMessage(), "").strip();
    return log.isEmpty() ? "(the log is empty)" : log;
  }

  private static String memoryLimit(Pod pod, ContainerStatus status) {
    return pod.getSpec().getContainers().stream()
        .filter(container -> container.getName().equals(status.getName()))
        .map(Container::getResources)
        .filter(Objects::nonNull)
        .map(
            resources ->
                Objects.requireNonNullElse(resources.getLimits(), Map.<String, Quantity>of()))
        .map(limits -> limits.get("memory"))
        .filter(Objects::nonNull)
        .map(Quantity::toString)
        .findFirst()
        .orElse("its node");
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getName();
  }
}
