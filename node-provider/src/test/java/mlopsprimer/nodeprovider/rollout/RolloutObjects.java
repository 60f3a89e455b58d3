package mlopsprimer.nodeprovider.rollout;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The Kubernetes objects of a rollout of two pods, at one moment. */
record RolloutObjects(Deployment deployment, List<ReplicaSet> sets, List<Pod> pods) {
  static final String NAMESPACE = "mlops-primer";
  static final String NAME = "prediction-api";

  private static final Map<String, String> LABELS = Map.of("app", NAME);
  private static final String OLD = "prediction-api-old";
  private static final String NEW = "prediction-api-new";

  /** A rollout whose old pods run. The arguments are its new pods. */
  static RolloutObjects of(Pod... pods) {
    return of(deployment(2, 3, 0), pods);
  }

  static RolloutObjects of(Deployment deployment, Pod... pods) {
    return new RolloutObjects(
        deployment, List.of(set(OLD, "9"), set(NEW, "10")), Arrays.asList(pods));
  }

  static RolloutObjects complete() {
    return of(deployment(2, 2, 2), ready("a"), ready("b"));
  }

  /** A rollout that the Deployment controller has not seen yet. */
  static RolloutObjects unseen(Pod... pods) {
    return of(
        new DeploymentBuilder(deployment(2, 2, 2))
            .editStatus()
            .withObservedGeneration(6L)
            .endStatus()
            .build(),
        pods);
  }

  static RolloutObjects withReplicaFailure(String message) {
    return of(
        new DeploymentBuilder(deployment(0, 2, 2))
            .editStatus()
            .addNewCondition()
            .withType("ReplicaFailure")
            .withStatus("True")
            .withMessage(message)
            .endCondition()
            .endStatus()
            .build());
  }

  static Pod ready(String name) {
    return pod(
        NEW,
        name,
        condition("Ready", "True", null, null),
        container().withReady(true).withStarted(true).withState(running()).build());
  }

  static Pod starting(String name) {
    return pod(NEW, name, null, container().withState(running()).build());
  }

  static Pod oldCrashing(String name) {
    return pod(OLD, name, null, crashing("Error", 1, "an old mistake"));
  }

  /** A pod whose container waits after its second crash. */
  static Pod crashLooping(String name, String reason, int exitCode, String words) {
    return pod(NEW, name, null, crashing(reason, exitCode, words));
  }

  /** A pod whose container has crashed, and runs again. */
  static Pod restarted(String name, int restarts, boolean started, String words) {
    return pod(
        NEW,
        name,
        null,
        container()
            .withRestartCount(restarts)
            .withStarted(started)
            .withState(running())
            .withLastState(ended("Error", 1, words))
            .build());
  }

  static Pod waiting(String name, String reason, String message) {
    return pod(NEW, name, null, container().withState(waiting(reason, message)).build());
  }

  static Pod unschedulable(String name, String message) {
    return pod(NEW, name, condition("PodScheduled", "False", "Unschedulable", message));
  }

  private static ContainerStatus crashing(String reason, int exitCode, String words) {
    return container()
        .withRestartCount(1)
        .withState(waiting("CrashLoopBackOff", "back-off 10s restarting failed container"))
        .withLastState(ended(reason, exitCode, words))
        .build();
  }

  private static ContainerStatusBuilder container() {
    return new ContainerStatusBuilder()
        .withName("api")
        .withRestartCount(0)
        .withReady(false)
        .withStarted(false);
  }

  private static ContainerState running() {
    return new ContainerStateBuilder().withNewRunning().endRunning().build();
  }

  private static ContainerState waiting(String reason, String message) {
    return new ContainerStateBuilder()
        .withNewWaiting()
        .withReason(reason)
        .withMessage(message)
        .endWaiting()
        .build();
  }

  private static ContainerState ended(String reason, int exitCode, String words) {
    return new ContainerStateBuilder()
        .withNewTerminated()
        .withReason(reason)
        .withExitCode(exitCode)
        .withMessage(words)
        .endTerminated()
        .build();
  }

  private static PodCondition condition(String type, String status, String reason, String message) {
    return new PodConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage(message)
        .build();
  }

  private static Pod pod(
      String set, String name, PodCondition condition, ContainerStatus... containers) {
    return new PodBuilder()
        .withMetadata(meta(name, set))
        .withNewSpec()
        .addNewContainer()
        .withName("api")
        .withNewResources()
        .withLimits(Map.of("memory", new Quantity("160Mi")))
        .endResources()
        .endContainer()
        .endSpec()
        .withNewStatus()
        .withPhase(containers.length == 0 ? "Pending" : "Running")
        .withConditions(condition == null ? List.of() : List.of(condition))
        .withContainerStatuses(containers)
        .endStatus()
        .build();
  }

  private static Deployment deployment(int updated, int all, int available) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName(NAME)
        .withNamespace(NAMESPACE)
        .withUid("uid-" + NAME)
        .withGeneration(7L)
        .endMetadata()
        .withNewSpec()
        .withReplicas(2)
        .withNewSelector()
        .withMatchLabels(LABELS)
        .endSelector()
        .endSpec()
        .withNewStatus()
        .withObservedGeneration(7L)
        .withUpdatedReplicas(updated)
        .withReplicas(all)
        .withAvailableReplicas(available)
        .endStatus()
        .build();
  }

  private static ReplicaSet set(String name, String revision) {
    ObjectMeta meta = meta(name, NAME);
    meta.setAnnotations(Map.of("deployment.kubernetes.io/revision", revision));
    return new ReplicaSetBuilder().withMetadata(meta).build();
  }

  private static ObjectMeta meta(String name, String owner) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(NAMESPACE)
        .withUid("uid-" + name)
        .withLabels(LABELS)
        .withOwnerReferences(new OwnerReferenceBuilder().withUid("uid-" + owner).build())
        .build();
  }
}
