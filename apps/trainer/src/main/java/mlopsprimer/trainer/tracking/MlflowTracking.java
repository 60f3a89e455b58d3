package mlopsprimer.trainer.tracking;

import mlopsprimer.contract.BaseUrl;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.mlflow.MlflowConnection;
import mlopsprimer.mlflow.MlflowCredentials;
import mlopsprimer.mlflow.MlflowTimeouts;
import mlopsprimer.mlflow.ModelRegistry;
import mlopsprimer.mlflow.RunArtifacts;
import mlopsprimer.mlflow.RunStore;
import mlopsprimer.storage.S3Options;
import mlopsprimer.store.TickerStore;

/** Records trainings in one MLflow server. Each ticker has a time budget of its own. */
public final class MlflowTracking implements Tracking {
  private final MlflowConnection connection;
  private final S3Options options;
  private final Surroundings surroundings;
  private final SilentServer silence = new SilentServer();

  private MlflowTracking(
      MlflowConnection connection, S3Options options, Surroundings surroundings) {
    this.connection = connection;
    this.options = options;
    this.surroundings = surroundings;
  }

  /**
   * Opens nothing yet. Credentials come from the variables that MLflow's own programs read.
   *
   * @param settings with {@link mlopsprimer.contract.AppSettings#OF_STORAGE}
   */
  public static Tracking open(BaseUrl uri, SettingValues settings, Surroundings surroundings) {
    return new MlflowTracking(
        new MlflowConnection(
            uri, MlflowCredentials.of(surroundings.environment()), MlflowTimeouts.OF_TRAINING),
        S3Options.of(settings),
        surroundings);
  }

  @Override
  public TickerTracking of(TickerStore store) {
    MlflowConnection ofTicker = connection.withWholeBudget();
    return new MlflowTicker(
        store,
        new RunRecorder(new RunStore(ofTicker), new RunArtifacts(ofTicker, options), surroundings),
        new ModelRegistry(ofTicker),
        new Attempts(ofTicker.uri(), store.ticker(), silence),
        surroundings.clock());
  }
}
