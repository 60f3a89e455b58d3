package mlopsprimer.api;

import java.time.Duration;

/**
 * What clients together may use of the server.
 *
 * @param threads at work at once
 * @param queuedJobs waiting for a thread; past that, connections are closed
 * @param connections open at once; past that, the kernel's queue holds them back
 * @param headerBytes of a request line with its headers
 * @param idle how long a connection may be silent, and how long a request may take to arrive
 */
record Limits(int threads, int queuedJobs, int connections, int headerBytes, Duration idle) {
  static final Limits DEFAULT = new Limits(16, 1024, 4096, 8 << 10, Duration.ofSeconds(30));
}
