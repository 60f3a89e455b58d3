package mlopsprimer.nodeprovider.training;

import java.util.Optional;
import mlopsprimer.nodeprovider.rpc.Log;
import mlopsprimer.nodeprovider.rpc.ResourceException;
import mlopsprimer.nodeprovider.rpc.ResourceType;

/**
 * Resource type of the check, at the end of an update, that every ticker is trained. It is a
 * resource of its own, because a ticker that is not trained must fail the update, but not stop the
 * resources that depend on the {@link TrainingOutcomeResource}.
 */
public final class TrainingCheckResource
    implements ResourceType<TrainingCheckArgs, TrainingCheckState> {
  @Override
  public String name() {
    return "TrainingCheck";
  }

  @Override
  public String description() {
    return "The check that every ticker is trained. The resource fails with the report of the training if one is not.";
  }

  @Override
  public Class<TrainingCheckArgs> args() {
    return TrainingCheckArgs.class;
  }

  @Override
  public Class<TrainingCheckState> state() {
    return TrainingCheckState.class;
  }

  @Override
  public String id(TrainingCheckState state) {
    return "training";
  }

  @Override
  public TrainingCheckState preview(TrainingCheckArgs args) {
    return new TrainingCheckState(args);
  }

  /**
   * Checks the number of tickers.
   *
   * @throws ResourceException with the report, if a ticker is not trained
   */
  @Override
  public TrainingCheckState create(TrainingCheckArgs args, Log log) throws ResourceException {
    if (args.failed() > 0) {
      throw new ResourceException(args.report());
    }
    return new TrainingCheckState(args);
  }

  @Override
  public Optional<TrainingCheckState> read(TrainingCheckState state, Log log) {
    return Optional.of(state);
  }

  @Override
  public void delete(TrainingCheckState state, Log log) {
    // The check makes nothing, so there is nothing to delete.
  }
}
