package mlopsprimer.trainer.tracking;

import java.time.Instant;
import java.util.List;
import mlopsprimer.store.Manifest;

/**
 * What MLflow knows about one ticker. No method throws an exception because of MLflow: the log says
 * what could not be done.
 */
public interface TickerTracking {

  /**
   * Compares the alias champion with the champion pointer, before a training. If a person has moved
   * the alias, the pointer follows. Otherwise the alias follows the pointer, and a champion that is
   * not registered yet is recorded and registered.
   */
  void begin();

  /**
   * Records a training as a run, registers the version that it stored, and sets the aliases.
   *
   * @param version id of the stored version
   * @param manifest manifest of the training; if an earlier training stored the same bytes, the
   *     version has the manifest of that training
   * @param started time at which the training started
   */
  void record(String version, Manifest manifest, Instant started);

  /**
   * Lets the alias champion follow the champion pointer, which a person has just moved.
   *
   * @return what was done, or why it could not be done; one line for people
   */
  String follow();

  /** Lines for people about the aliases and whether the alias champion and the pointer agree. */
  List<String> describe();
}
