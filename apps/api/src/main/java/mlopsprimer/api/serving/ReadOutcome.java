package mlopsprimer.api.serving;

import mlopsprimer.storage.StorageException;
import mlopsprimer.store.UnreadableObjectException;

/**
 * How the reading of a ticker ended.
 *
 * @param problem why the champion is not served; empty if it is served, or if there is none
 * @param isStorage whether the storage failed, and not an object in it
 */
record ReadOutcome(String problem, boolean isStorage) {
  static final ReadOutcome GOOD = new ReadOutcome("", false);

  boolean isProblem() {
    return !problem.isEmpty();
  }

  static ReadOutcome of(RuntimeException e) {
    return new ReadOutcome(
        String.valueOf(e.getMessage()),
        e instanceof StorageException && !(e instanceof UnreadableObjectException));
  }
}
