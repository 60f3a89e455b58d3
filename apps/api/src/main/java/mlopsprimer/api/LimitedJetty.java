package mlopsprimer.api;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import org.eclipse.jetty.server.ConnectionLimit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;
import spark.embeddedserver.jetty.JettyServerFactory;

/**
 * The Jetty that Spark gets. Its own keeps idle connections for an hour, believes X-Forwarded-*
 * headers, queues without bound, and breaks off requests when it stops.
 */
final class LimitedJetty implements JettyServerFactory {
  private static final int MIN_THREADS = 4;
  private static final int ACCEPT_QUEUE = 256;
  private static final Duration STOP = Duration.ofSeconds(10);

  private final Server server;
  private final ServerConnector connector;

  LimitedJetty(String host, int port, Limits limits) {
    int idleMillis = (int) limits.idle().toMillis();
    QueuedThreadPool threads =
        new QueuedThreadPool(
            limits.threads(),
            Math.min(MIN_THREADS, limits.threads()),
            idleMillis,
            new ArrayBlockingQueue<>(limits.queuedJobs()));
    threads.setName("http");
    server = new DrainingServer(threads);
    server.setStopTimeout(STOP.toMillis());
    server.setErrorHandler(new JsonErrorHandler());
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration(limits)));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(idleMillis);
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    connector.addBean(new SlowRequests(connector, limits.idle()));
    server.addConnector(connector);
    server.addBean(new ConnectionLimit(limits.connections(), connector));
  }

  private static HttpConfiguration configuration(Limits limits) {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setRequestHeaderSize(limits.headerBytes());
    configuration.setResponseHeaderSize(limits.headerBytes());
    configuration.setSendServerVersion(false);
    configuration.setSendXPoweredBy(false);
    return configuration;
  }

  ServerConnector connector() {
    return connector;
  }

  @Override
  public Server create(int maxThreads, int minThreads, int threadTimeoutMillis) {
    return server;
  }

  @Override
  public Server create(ThreadPool threadPool) {
    return server;
  }

  /** Spark sets its handler late; this one lets requests in flight end before the server does. */
  private static final class DrainingServer extends Server {
    DrainingServer(ThreadPool threads) {
      super(threads);
    }

    @Override
    public void setHandler(Handler handler) {
      StatisticsHandler counting = new StatisticsHandler();
      counting.setHandler(handler);
      super.setHandler(counting);
    }
  }
}
