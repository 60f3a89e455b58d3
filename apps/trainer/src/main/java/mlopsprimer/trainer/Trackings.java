package mlopsprimer.trainer;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.contract.AppSettings;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.trainer.tracking.MlflowTracking;
import mlopsprimer.trainer.tracking.Tracking;

/** Opens the tracking of a command. */
final class Trackings {
  private Trackings() {}

  /** Empty if the settings name no MLflow server; then no class of its client is loaded. */
  static Optional<Tracking> of(
      SettingValues settings, Map<String, String> environment, Clock clock) {
    return settings
        .get(AppSettings.MLFLOW)
        .map(
            uri ->
                MlflowTracking.open(
                    uri,
                    settings,
                    new Tracking.Surroundings(
                        environment, clock, Version.ofProgram(), ModelCard::of)));
  }
}
