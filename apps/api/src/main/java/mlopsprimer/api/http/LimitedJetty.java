package mlopsprimer.api.http;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.ConnectionLimit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spark.embeddedserver.jetty.JettyServerFactory;

/**
 * The Jetty that Spark gets. Its own keeps idle connections for an hour, believes X-Forwarded-*
 * headers, queues without bound, and breaks off requests when it stops.
 */
public final class LimitedJetty implements JettyServerFactory {
  private static final Logger LOG = LoggerFactory.getLogger(LimitedJetty.class);
  private static final int MIN_THREADS = 4;
  private static final int ACCEPT_QUEUE = 256;
  private static final int OUTPUT_BUFFER = 8 << 10;

  /** Jetty's own 4 KiB make it keep 17 KB a connection, four fifths of what one takes. */
  private static final int HEADER_CACHE = 128;

  private static final Duration STOP = Duration.ofSeconds(10);

  private final Server server;
  private final ServerConnector connector;

  /**
   * @param draining see {@link Gate}
   */
  public LimitedJetty(String host, int port, Limits limits, AtomicBoolean draining) {
    int idleMillis = (int) limits.idle().toMillis();
    QueuedThreadPool threads =
        new QueuedThreadPool(
            limits.threads(),
            Math.min(MIN_THREADS, limits.threads()),
            idleMillis,
            new ArrayBlockingQueue<>(limits.queuedJobs()));
    threads.setName("http");
    server = new GatedServer(threads, draining);
    server.setStopTimeout(STOP.toMillis());
    server.setErrorHandler(new JsonErrorHandler());
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration(limits)));
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
    configuration.setOutputBufferSize(OUTPUT_BUFFER);
    configuration.setHeaderCacheSize(HEADER_CACHE);
    configuration.setSendServerVersion(false);
    configuration.setSendXPoweredBy(false);
    return configuration;
  }

  public ServerConnector connector() {
    return connector;
  }

  /**
   * Lets requests in flight end, and breaks off those that do not. It is stopped here and not by
   * Spark, which calls System.exit if one had to be broken off: in a shutdown hook that never
   * returns.
   */
  public void stop() {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.warn("event=requests-broken-off after={}", STOP, e);
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

  /** Puts before Spark's handler, which comes late, what every request is to pass. */
  private static final class GatedServer extends Server {
    private final AtomicBoolean draining;

    GatedServer(ThreadPool threads, AtomicBoolean draining) {
      super(threads);
      this.draining = draining;
    }

    @Override
    public void setHandler(Handler handler) {
      Gate gate = new Gate(draining);
      gate.setHandler(handler);
      StatisticsHandler counting = new StatisticsHandler(); // a stop waits for what it has counted
      counting.setHandler(gate);
      super.setHandler(counting);
    }
  }
}
