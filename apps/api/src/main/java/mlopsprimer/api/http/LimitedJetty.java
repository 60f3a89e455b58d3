package mlopsprimer.api.http;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.ObjIntConsumer;
import mlopsprimer.contract.CorsOrigin;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spark.embeddedserver.jetty.JettyServerFactory;

/**
 * A Jetty server with two ports and with limits. Spark uses this server in place of its own Jetty.
 * Spark's own Jetty keeps idle connections for an hour, trusts X-Forwarded-* headers, queues
 * requests without a bound, and breaks off requests when it stops. Clients of one port cannot take
 * the threads and the connections of the other port.
 */
public final class LimitedJetty implements JettyServerFactory {
  private static final Logger LOG = LoggerFactory.getLogger(LimitedJetty.class);
  private static final String HTTP = "http";
  private static final String MANAGEMENT = "management";
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private final Server server;
  private final ServerConnector http;
  private final ServerConnector management;

  /**
   * @param port TCP port for all requests; 0 stands for any free port
   * @param managementPort TCP port for health checks and metrics; 0 stands for any free port
   * @param limits limits of the port for all requests
   * @param cors origin whose pages may read the answers of the port for all requests
   * @param answered is told the route and the status of every answer; the route is none if no
   *     endpoint got the request
   * @param draining whether the server is about to stop; if so, every answer asks the client to
   *     open a new connection for the next request
   */
  public LimitedJetty(
      String host,
      int port,
      int managementPort,
      Limits limits,
      CorsOrigin cors,
      ObjIntConsumer<String> answered,
      BooleanSupplier draining) {
    QueuedThreadPool threads = LimitedConnector.threads(HTTP, limits);
    server =
        new GatedServer(
            threads, handler -> new Gate(handler, MANAGEMENT, new Cors(cors), draining));
    server.setRequestLog(new AnswerCount(answered));
    server.setStopTimeout(STOP_TIMEOUT.toMillis());
    server.setErrorHandler(new JsonErrorHandler(limits.headerBytes()));
    http = LimitedConnector.add(server, HTTP, host, port, threads, limits);
    management =
        LimitedConnector.add(
            server,
            MANAGEMENT,
            host,
            managementPort,
            LimitedConnector.threads(MANAGEMENT, Limits.MANAGEMENT),
            Limits.MANAGEMENT);
  }

  /** The port for all requests. */
  public ServerConnector http() {
    return http;
  }

  /** The port for health checks and metrics. */
  public ServerConnector management() {
    return management;
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
}
