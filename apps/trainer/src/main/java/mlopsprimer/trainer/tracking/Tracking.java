package mlopsprimer.trainer.tracking;

import java.time.Clock;
import java.util.Map;
import java.util.function.BiFunction;
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

  /** The tracking of one ticker, with a time budget of its own. */
  TickerTracking of(TickerStore store);
}
