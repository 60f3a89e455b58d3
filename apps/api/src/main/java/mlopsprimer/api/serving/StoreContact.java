package mlopsprimer.api.serving;

import java.time.Duration;

/**
 * Whether the store can be read at the moment. A store is away if its last reading failed, or if it
 * has not answered for some time, as a network file system that hangs. One thread writes and any
 * number of threads read.
 */
final class StoreContact {
  /** Time without an answer after which the store is away. A poll takes a few milliseconds. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Duration patience;
  private volatile long heardAtNanos = System.nanoTime();
  private volatile boolean failing;

  StoreContact(Duration patience) {
    this.patience = patience;
  }

  /** The store has answered. */
  void heard() {
    heardAtNanos = System.nanoTime();
  }

  /** The store could be read, or not, in a whole pass. */
  void passed(boolean isFailing) {
    heard();
    failing = isFailing;
  }

  boolean isAway() {
    return failing || System.nanoTime() - heardAtNanos > patience.toNanos();
  }
}
