package mlopsprimer.nodeprovider.rollout;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.nodeprovider.kubernetes.Kubeconfig;
import mlopsprimer.nodeprovider.rpc.Log;
import mlopsprimer.nodeprovider.rpc.ResourceType;

/**
 * Resource type of a Deployment's rollout. {@code create} waits until the rollout is complete and
 * the pods give the expected answer. It fails with the state of the newest pods if that cannot
 * happen. {@code delete} does nothing.
 */
public final class RolloutResource implements ResourceType<RolloutArgs, RolloutState> {
  private final Path checkout;
  private final RolloutLimits limits;

  /**
   * @param checkout the directory that relative paths start from
   */
  public RolloutResource(Path checkout, RolloutLimits limits) {
    this.checkout = checkout;
    this.limits = limits;
  }

  @Override
  public String name() {
    return "Rollout";
  }

  @Override
  public String description() {
    return "The complete rollout of a Deployment. The node-provider waits until the newest pods are ready and their URL gives the expected answer. If a pod cannot become ready, the resource fails with the end of the pod's log.";
  }

  @Override
  public Class<RolloutArgs> args() {
    return RolloutArgs.class;
  }

  @Override
  public Class<RolloutState> state() {
    return RolloutState.class;
  }

  @Override
  public String id(RolloutState state) {
    return state.args().namespace() + "/" + state.args().deployment();
  }

  @Override
  public RolloutState preview(RolloutArgs args) {
    return new RolloutState(args, args.url());
  }

  /** Keeps the URL that an earlier rollout found, which seldom changes. */
  @Override
  public RolloutState previewUpdate(RolloutState state, RolloutArgs args) {
    return new RolloutState(args, args.url() == null ? state.answersAt() : args.url());
  }

  @Override
  public Map<String, String> problemsWith(RolloutArgs args) {
    return args.url() == null && (args.service() == null || args.path() == null)
        ? Map.of("url", "a URL is needed, or a service and a path")
        : Map.of();
  }

  @Override
  public RolloutState create(RolloutArgs args, Log log) throws Exception {
    Kubeconfig.Cluster of =
        new Kubeconfig.Cluster(checkout.resolve(args.kubeconfig()), args.kubeContext());
    try (KubernetesApi cluster = KubernetesApi.connect(of)) {
      new RolloutWatch(cluster, args.namespace(), args.deployment(), limits).untilComplete(log);
      return new RolloutState(args, answersAt(cluster, args));
    }
  }

  /** The URL of the pods, after it has given the expected answer. */
  private String answersAt(KubernetesApi cluster, RolloutArgs args) throws Exception {
    if (args.url() == null) {
      return new ServiceCheck(cluster, args, limits).untilRight();
    }
    new UrlCheck(args.url(), args.contains(), limits.wrongAnswer()).untilRight();
    return args.url();
  }

  /**
   * Returns the stored state. A complete rollout stays complete, and another rollout has another
   * generation.
   */
  @Override
  public Optional<RolloutState> read(RolloutState state, Log log) {
    return Optional.of(state);
  }

  @Override
  public void delete(RolloutState state, Log log) {
    // The Deployment is a resource of its own, so there is nothing to delete.
  }
}
