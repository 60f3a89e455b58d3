package mlopsprimer.trainer.tracking;

import java.util.Optional;
import mlopsprimer.mlflow.RegisteredVersion;

/**
 * How the alias champion and the champion pointer stand to each other.
 *
 * @param aliased the version that the alias names; empty unless the alias was looked up
 */
record AliasFinding(State state, Optional<RegisteredVersion> aliased) {
  enum State {
    /** Both name the same version. */
    SAME,
    /** The alias is missing, or names the version that the trainer last gave it. */
    BEHIND,
    /** A person has moved the alias to a version that the store has. */
    MOVED,
    /** The alias names something that the store does not have. */
    UNKNOWN
  }

  static AliasFinding of(State state) {
    return new AliasFinding(state, Optional.empty());
  }
}
