package mlopsprimer.api.http;

import java.time.Duration;

/**
 * What clients together may use of the server.
 *
 * @param threads at work at once
 * @param queuedJobs waiting for a thread; past that, connections are closed
 * @param connections open at once; past that, the kernel's queue holds them back
 * @param headerBytes of a request line with its headers
 * @param idle how long a connection may be silent, and how long a request may take to arrive
 * @param hurried how long they may when all connections are taken, and how long an answer may wait
 *     to be read, or a client stay that has been told to go
 */
public record Limits(
    int threads,
    int queuedJobs,
    int connections,
    int headerBytes,
    Duration idle,
    Duration hurried) {
  /** A connection takes up to 20 KB while its request arrives; the heap has 64 MB. */
  public static final Limits DEFAULT =
      new Limits(16, 1024, 1024, 8 << 10, Duration.ofSeconds(30), Duration.ofSeconds(2));
}
