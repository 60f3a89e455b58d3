package mlopsprimer.nodeprovider.training;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mlopsprimer.nodeprovider.rollout.Fault;
import mlopsprimer.nodeprovider.rollout.LastingFaults;
import mlopsprimer.nodeprovider.rollout.PodFaults;
import mlopsprimer.nodeprovider.rollout.Refusals;
import mlopsprimer.nodeprovider.rollout.RolloutLimits;
import mlopsprimer.nodeprovider.rpc.Log;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/** Polls one training Job until it has ended, or until a fault shows that it cannot run. */
final class TrainingWatch {
  private final TrainingCluster cluster;
  private final TrainingOutcomeArgs args;
  private final RolloutLimits limits;
  private final PodFaults podFaults;
  private final LastingFaults lasting = new LastingFaults();

  /** What was logged, so that it is logged once. */
  private final Set<String> logged = new HashSet<>();

  TrainingWatch(TrainingCluster cluster, TrainingOutcomeArgs args, RolloutLimits limits) {
    this.cluster = cluster;
    this.args = args;
    this.limits = limits;
    this.podFaults = new PodFaults(limits);
  }

  /**
   * Waits until the Job has ended.
   *
   * @return the Job after its end, whether it succeeded or failed
   * @throws ResourceException if its pods cannot run; the message has the reason
   */
  TrainingSnapshot untilEnded(Log log) throws ResourceException, InterruptedException {
    long answered = System.nanoTime();
    long since = answered; // the Job has been as it is, suspended or not and started or not
    String state = "";
    while (true) {
      try {
        TrainingSnapshot now = cluster.snapshot(args.job()).orElseThrow(this::missing);
        answered = System.nanoTime();
        logProgress(now, log);
        if (now.hasEnded()) {
          return now;
        }
        String found = now.isSuspended() + "/" + now.hasStarted();
        if (!found.equals(state) || now.isSuspended()) {
          state = found;
          since = answered;
        }
        lasting.require(faults(now));
        requireTime(now, since);
      } catch (KubernetesClientException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException("the training is not watched any more");
        }
        if (Refusals.isFinal(e) || System.nanoTime() - answered >= limits.unreachable().toNanos()) {
          throw refused(e);
        }
      }
      Thread.sleep(limits.poll().toMillis());
    }
  }

  private void logProgress(TrainingSnapshot now, Log log) {
    if (now.isSuspended()) {
      logOnce("the Job %s is suspended: it waits for its queue".formatted(args.job()), log);
    }
    BitSet given = now.failed();
    BitSet ended = now.completed();
    ended.or(given);
    if (args.indexes() > 1) {
      logOnce("%d of %d pods are done".formatted(ended.cardinality(), args.indexes()), log);
    }
    for (Pod pod : now.failedPods()) {
      if (!now.hasEnded() && logged.add(pod.getMetadata().getName())) {
        String next =
            given.get(TrainingSnapshot.indexOf(pod)) ? "given up" : "tried again if time is left";
        log.info("%s: %s".formatted(next, TickerFailures.ofPod(pod)));
      }
    }
  }

  private void logOnce(String message, Log log) {
    if (logged.add(message)) {
      log.info(message);
    }
  }

  /** Faults for which no pod of the Job runs. A pod that waits for another one has no fault. */
  private List<Fault> faults(TrainingSnapshot now) {
    if (!now.running().isEmpty() || now.isSuspended()) {
      return List.of();
    }
    if (now.active() == 0) {
      return noPod(now).stream().toList();
    }
    return now.pods().stream()
        .filter(pod -> "Pending".equals(pod.getStatus().getPhase()))
        .flatMap(pod -> podFaults.of(pod).stream())
        .toList();
  }

  /** The fault that Kubernetes refuses a pod, for example because a quota is used up. */
  private Optional<Fault> noPod(TrainingSnapshot now) {
    String newestPod =
        now.pods().isEmpty()
            ? ""
            : now.pods().get(now.pods().size() - 1).getMetadata().getCreationTimestamp();
    return cluster
        .failedCreate(now.job())
        .filter(event -> String.valueOf(event.getLastTimestamp()).compareTo(newestPod) > 0)
        .map(Event::getMessage)
        .map(
            message ->
                new Fault(
                    "pods",
                    limits.stuck(),
                    "Kubernetes cannot create a pod for the Job %s: %s. Correct that error, then run 'pulumi up' again"
                        .formatted(args.job(), message)));
  }

  private void requireTime(TrainingSnapshot now, long since) throws ResourceException {
    long most = limits.noProgress().toSeconds() + (now.hasStarted() ? now.deadlineSeconds() : 0);
    if (!now.isSuspended() && System.nanoTime() - since >= most * 1_000_000_000L) {
      throw new ResourceException(
          "the Job %s has not %s after %d s: Kubernetes' controllers may not run. Check with 'kubectl --namespace kube-system get pods', then run 'pulumi up' again"
              .formatted(args.job(), now.hasStarted() ? "ended" : "started", most));
    }
  }

  private ResourceException missing() {
    return new ResourceException(
        "the namespace %s has no Job %s: run 'pulumi refresh', then 'pulumi up' again"
            .formatted(args.namespace(), args.job()));
  }

  private ResourceException refused(KubernetesClientException e) {
    return new ResourceException(
        "the API server at %s does not report the Job %s: %s. Check with 'kubectl get nodes' that the API server answers and accepts the kubeconfig, then run 'pulumi up' again"
            .formatted(cluster.address(), args.job(), Refusals.reason(e)),
        e);
  }
}
