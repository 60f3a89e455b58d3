package mlopsprimer.api.http;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.ConnectionLimit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A port of the server, with limits and with threads, timers and buffers that it shares with no
 * other port.
 */
final class LimitedConnector extends ServerConnector {
  private static final int MIN_THREADS = 4;
  private static final int OUTPUT_BUFFER_BYTES = 8 << 10;

  /** Connections that the kernel keeps until the server accepts them. */
  private static final int MOST_IN_ACCEPT_QUEUE = 256;

  /**
   * Size of a connection's cache of header fields. Jetty's default of 4 KiB takes 17 KB of heap per
   * connection, which is four fifths of the heap that an idle connection takes.
   */
  private static final int HEADER_CACHE_BYTES = 128;

  private LimitedConnector(
      Server server, Executor threads, Scheduler timers, ByteBufferPool buffers, Limits limits) {
    super(server, threads, timers, buffers, 1, 1, new BodilessHttp(configuration(limits)));
  }

  /**
   * Adds a port to the server.
   *
   * @param name name of the port, which its threads have too
   * @param port TCP port; with 0, the system chooses a free port
   * @param threads threads that work on the requests of this port
   */
  static LimitedConnector add(
      Server server, String name, String host, int port, QueuedThreadPool threads, Limits limits) {
    LimitedConnector connector =
        new LimitedConnector(
            server,
            threads,
            new ScheduledExecutorScheduler(name + "-timer", true),
            new ArrayByteBufferPool(),
            limits);
    connector.setName(name);
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(limits.idle().toMillis());
    connector.setAcceptQueueSize(Math.min(limits.connections(), MOST_IN_ACCEPT_QUEUE));
    connector.addBean(new SlowClients(connector, limits));
    server.addConnector(connector);
    server.addBean(new ConnectionLimit(limits.connections(), connector));
    return connector;
  }

  static QueuedThreadPool threads(String name, Limits limits) {
    QueuedThreadPool threads =
        new QueuedThreadPool(
            limits.threads(),
            Math.min(MIN_THREADS, limits.threads()),
            (int) limits.idle().toMillis(),
            new ArrayBlockingQueue<>(limits.queuedJobs()));
    threads.setName(name);
    return threads;
  }

  private static HttpConfiguration configuration(Limits limits) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setRequestHeaderSize(limits.headerBytes());
    configuration.setResponseHeaderSize(limits.headerBytes());
    configuration.setOutputBufferSize(OUTPUT_BUFFER_BYTES);
    configuration.setHeaderCacheSize(HEADER_CACHE_BYTES);
    configuration.setSendServerVersion(false);
    configuration.setSendXPoweredBy(false);
    return configuration;
  }
}
