package mlopsprimer.trainer;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.trainer.tracking.Tracking;

/** Opens the tracking of a command. */
final class Trackings {
  private Trackings() {}

  /** Empty if the settings name no MLflow server. */
  static Optional<Tracking> of(
      SettingValues settings, Map<String, String> environment, Clock clock) {
    return Tracking.of(
        settings,
        new Tracking.Surroundings(environment, clock, Version.ofProgram(), ModelCard::of));
  }
}
