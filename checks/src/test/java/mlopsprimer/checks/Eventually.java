package mlopsprimer.checks;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Waits for what will be. */
final class Eventually {
  private Eventually() {}

  /**
   * The first value that is wanted.
   *
   * @throws AssertionError with the last value or failure, if none comes in time
   */
  static <T> T within(Duration patience, Callable<T> value, Predicate<T> wanted)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    Object last;
    do {
      try {
        T now = value.call();
        if (wanted.test(now)) {
          return now;
        }
        last = now;
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        last = e;
      }
      Thread.sleep(20);
    } while (System.nanoTime() < deadline);
    throw new AssertionError("not within " + patience + "; last: " + last);
  }
}
