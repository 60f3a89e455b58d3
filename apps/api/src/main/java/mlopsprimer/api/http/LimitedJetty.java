package mlopsprimer.api.http;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.ConnectionLimit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spark.embeddedserver.jetty.JettyServerFactory;

/**
 * A Jetty server with limits. Spark uses this server in place of its own Jetty. Spark's own Jetty
 * keeps idle connections for an hour, trusts X-Forwarded-* headers, queues requests without a
 * bound, and breaks off requests when it stops.
 */
public final class LimitedJetty implements JettyServerFactory {
  private static final Logger LOG = LoggerFactory.getLogger(LimitedJetty.class);
  private static final int MIN_THREADS = 4;
  private static final int ACCEPT_QUEUE = 256;
  private static final int OUTPUT_BUFFER_BYTES = 8 << 10;

  /**
   * Size of a connection's cache of header fields. Jetty's default of 4 KiB takes 17 KB of heap per
   * connection, which is four fifths of the heap that an idle connection takes.
   */
  private static final int HEADER_CACHE_BYTES = 128;

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private final Server server;
  private final ServerConnector connector;

  /**
   * @param draining whether the server is about to stop; if so, every answer asks the client to
   *     open a new connection for the next request
   */
  public LimitedJetty(String host, int port, Limits limits, BooleanSupplier draining) {
    int idleMillis = (int) limits.idle().toMillis();
    QueuedThreadPool threads =
        new QueuedThreadPool(
            limits.threads(),
            Math.min(MIN_THREADS, limits.threads()),
            idleMillis,
            new ArrayBlockingQueue<>(limits.queuedJobs()));
    threads.setName("http");
    server = new GatedServer(threads, draining);
    server.setStopTimeout(STOP_TIMEOUT.toMillis());
    server.setErrorHandler(new JsonErrorHandler(limits.headerBytes()));
    connector = new ServerConnector(server, 1, 1, new BodilessHttp(configuration(limits)));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(idleMillis);
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    connector.addBean(new SlowClients(connector, limits));
    server.addConnector(connector);
    ConnectionLimit connections = new ConnectionLimit(limits.connections(), connector);
    connections.setIdleTimeout(limits.hurried().toMillis());
    server.addBean(connections);
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

  public ServerConnector connector() {
    return connector;
  }

  /**
   * Stops Jetty. Requests in flight may take ten more seconds, and longer requests are broken off.
   * Spark must not stop Jetty itself: if a request was broken off, Spark calls System.exit, which
   * never returns in a shutdown hook.
   */
  public void stop() {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.atWarn().setCause(e).addKeyValue("after", STOP_TIMEOUT).log("requests-broken-off");
    }
  }

  @Override
  public Server create(int maxThreads, int minThreads, int threadTimeoutMillis) {
    return server;
  }

  @Override
  public Server create(ThreadPool threadPool) {
    return server;
  }

  /** Puts the {@link Gate} before Spark's handler, which Spark sets when it starts. */
  private static final class GatedServer extends Server {
    private final BooleanSupplier draining;

    GatedServer(ThreadPool threads, BooleanSupplier draining) {
      super(threads);
      this.draining = draining;
    }

    @Override
    public void setHandler(Handler handler) {
      Gate gate = new Gate(draining);
      gate.setHandler(handler);
      // When Jetty stops, it waits for the requests that a StatisticsHandler counts.
      StatisticsHandler counting = new StatisticsHandler();
      counting.setHandler(gate);
      super.setHandler(counting);
    }
  }
}
