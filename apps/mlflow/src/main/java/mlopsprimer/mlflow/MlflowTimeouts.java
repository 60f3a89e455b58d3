package mlopsprimer.mlflow;

import java.time.Duration;

/**
 * How long MLflow may take.
 *
 * @param connect until a connection is open
 * @param request one attempt of a request, with the body of its answer
 * @param budget all requests of a connection object together; when it is used up, every further
 *     request fails at once
 */
public record MlflowTimeouts(Duration connect, Duration request, Duration budget) {
  /** For a reader that asks again and again, and whose requests are bounded one by one. */
  public static final MlflowTimeouts OF_READER =
      new MlflowTimeouts(
          Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofNanos(Long.MAX_VALUE));

  /** For a training, which must not wait for MLflow for long. */
  public static final MlflowTimeouts OF_TRAINING =
      new MlflowTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30));

  /**
   * @throws IllegalArgumentException if a duration is not positive
   */
  public MlflowTimeouts {
    for (Duration duration : new Duration[] {connect, request, budget}) {
      if (duration.isNegative() || duration.isZero()) {
        throw new IllegalArgumentException("not a timeout: " + duration);
      }
    }
  }
}
