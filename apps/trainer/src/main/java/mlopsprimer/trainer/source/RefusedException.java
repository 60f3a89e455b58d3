package mlopsprimer.trainer.source;

import java.time.Duration;

/**
 * The source refused the request. It answered with an error status, or with a text in place of
 * prices.
 */
final class RefusedException extends SourceUnreachableException {
  private static final long serialVersionUID = 1L;

  private final boolean mayRetry;
  private final Duration retryAfter;

  /**
   * @param mayRetry whether the same request may succeed soon
   * @param retryAfter delay that the source asked for; zero if it did not ask for a delay
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
