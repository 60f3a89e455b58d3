package mlopsprimer.api.http;

import java.time.Duration;

/**
 * Limits on the threads, connections and time that all clients together take.
 *
 * @param threads number of threads that work on requests
 * @param queuedJobs number of jobs that wait for a thread; when the queue is full, the server
 *     closes the connection of each further job
 * @param connections number of open connections; further clients wait in the kernel's accept queue
 * @param headerBytes size of one request line together with its headers
 * @param idle longest time for which a connection may send nothing, and longest time that a request
 *     may take to arrive
 * @param hurried longest time that a client may take to read its answer, and to close its end of a
 *     connection that the server has closed; while all connections are taken, this limit replaces
 *     {@code idle}
 */
public record Limits(
    int threads,
    int queuedJobs,
    int connections,
    int headerBytes,
    Duration idle,
    Duration hurried) {
  /**
   * Limits of the serving program. A connection takes up to 20 KB of heap while its request
   * arrives, so that 1024 connections take up to 20 MB.
   */
  public static final Limits DEFAULT =
      new Limits(16, 1024, 1024, 8 << 10, Duration.ofSeconds(30), Duration.ofSeconds(2));

  /**
   * Limits of the management port, which has threads and connections of its own. A kubelet opens a
   * connection per probe, and a Prometheus keeps one.
   */
  static final Limits MANAGEMENT =
      new Limits(6, 64, 64, 8 << 10, Duration.ofSeconds(30), Duration.ofSeconds(2));
}
