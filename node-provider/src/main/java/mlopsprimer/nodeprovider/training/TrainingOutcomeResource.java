package mlopsprimer.nodeprovider.training;

import java.nio.file.Path;
import java.util.Optional;
import mlopsprimer.nodeprovider.kubernetes.Kubeconfig;
import mlopsprimer.nodeprovider.rollout.RolloutLimits;
import mlopsprimer.nodeprovider.rpc.Log;
import mlopsprimer.nodeprovider.rpc.ResourceException;
import mlopsprimer.nodeprovider.rpc.ResourceType;

/**
 * Resource type of the end of a training Job. {@code create} waits until the Job has ended. It
 * fails if the Job cannot run, or if the needed ticker is not trained. Other tickers that are not
 * trained are a part of the state. {@code delete} does nothing.
 */
public final class TrainingOutcomeResource
    implements ResourceType<TrainingOutcomeArgs, TrainingOutcomeState> {
  private final Path checkout;
  private final RolloutLimits limits;

  /**
   * @param checkout the directory that relative paths start from
   */
  public TrainingOutcomeResource(Path checkout, RolloutLimits limits) {
    this.checkout = checkout;
    this.limits = limits;
  }

  @Override
  public String name() {
    return "TrainingOutcome";
  }

  @Override
  public String description() {
    return "The end of a training Job. The node-provider waits for it, and finds out which tickers are not trained, and why. The resource fails if the needed ticker is not trained.";
  }

  @Override
  public Class<TrainingOutcomeArgs> args() {
    return TrainingOutcomeArgs.class;
  }

  @Override
  public Class<TrainingOutcomeState> state() {
    return TrainingOutcomeState.class;
  }

  @Override
  public String id(TrainingOutcomeState state) {
    return state.args().namespace() + "/training";
  }

  @Override
  public TrainingOutcomeState preview(TrainingOutcomeArgs args) {
    return new TrainingOutcomeState(args, null, null);
  }

  @Override
  public TrainingOutcomeState create(TrainingOutcomeArgs args, Log log) throws Exception {
    try (TrainingCluster cluster =
        TrainingCluster.connect(
            new Kubeconfig.Cluster(checkout.resolve(args.kubeconfig()), args.kubeContext()),
            args.namespace())) {
      TrainingSnapshot end = new TrainingWatch(cluster, args, limits).untilEnded(log);
      TickerFailures failures = TickerFailures.of(end, args);
      if (failures.contain(args.needed())) {
        throw new ResourceException(
            "the API is not rolled out, because %s, the ticker that it serves by default, is not trained: %s"
                .formatted(args.needed(), failures.report()));
      }
      if (failures.number() > 0) {
        log.warn(failures.report());
      }
      return new TrainingOutcomeState(args, failures.number(), failures.report());
    }
  }

  /**
   * Returns the stored state. A Job that has ended does not start again, and another Job has
   * another generation.
   */
  @Override
  public Optional<TrainingOutcomeState> read(TrainingOutcomeState state, Log log) {
    return Optional.of(state);
  }

  @Override
  public void delete(TrainingOutcomeState state, Log log) {
    // The Job is a resource of its own, so there is nothing to delete.
  }
}
