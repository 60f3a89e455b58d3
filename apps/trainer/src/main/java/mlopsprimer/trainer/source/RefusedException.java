package mlopsprimer.trainer.source;

import java.time.Duration;

/** The source answered with a status that is not success. */
final class RefusedException extends SourceUnreachableException {
  private static final long serialVersionUID = 1L;

  private final boolean mayRetry;
  private final Duration retryAfter;

  /**
   * @param mayRetry whether the same request may succeed shortly
   * @param retryAfter how long it asked to be left alone; zero if it did not
   */
  RefusedException(String message, boolean mayRetry, Duration retryAfter) {
    super(message);
    this.mayRetry = mayRetry;
    this.retryAfter = retryAfter;
  }

  boolean mayRetry() {
    return mayRetry;
  }

  Duration retryAfter() {
    return retryAfter;
  }
}
