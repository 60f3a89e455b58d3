package mlopsprimer.storage;

import java.time.Duration;

/**
 * How long S3 may take.
 *
 * @param connect until the connection is open
 * @param silence without a byte of the answer
 * @param attempt one attempt of a call, with the body of its answer
 * @param call a call with all its attempts and the pauses between them
 */
record S3Timeouts(Duration connect, Duration silence, Duration attempt, Duration call) {
  static final S3Timeouts DEFAULT =
      new S3Timeouts(
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(20),
          Duration.ofSeconds(60));
}
