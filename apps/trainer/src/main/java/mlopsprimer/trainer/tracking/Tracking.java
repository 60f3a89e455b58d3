package mlopsprimer.trainer.tracking;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import mlopsprimer.contract.AppSettings;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.store.Manifest;
import mlopsprimer.store.TickerStore;

/** Where trainings are recorded. */
public interface Tracking {

  /**
   * What is given to a training beside the settings.
   *
   * @param environment variables of the process, with the credentials and the trainer's image
   * @param trainerVersion version of this program
   * @param card makes the model card of a version from its id and its manifest
   */
  record Surroundings(
      Map<String, String> environment,
      Clock clock,
      String trainerVersion,
      BiFunction<String, Manifest, String> card) {}

  /**
   * Opens the MLflow server of the settings. Nothing is sent yet.
   *
   * @param settings with {@link AppSettings#MLFLOW} and {@link AppSettings#OF_STORAGE}
   * @return empty if the settings name no server; then no class of the client is loaded
   */
  static Optional<Tracking> of(SettingValues settings, Surroundings surroundings) {
    return settings
        .get(AppSettings.MLFLOW)
        .map(uri -> MlflowTracking.open(uri, settings, surroundings));
  }

  /** The tracking of one ticker, with a time budget of its own. */
  TickerTracking of(TickerStore store);
}
