package mlopsprimer.api;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import mlopsprimer.api.http.LimitedJetty;
import mlopsprimer.api.http.Limits;
import mlopsprimer.api.routes.Routes;
import mlopsprimer.api.serving.Board;
import mlopsprimer.api.serving.Metrics;
import mlopsprimer.api.serving.StorePoller;
import mlopsprimer.settings.SettingsException;
import mlopsprimer.store.ModelStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spark.Service;
import spark.embeddedserver.EmbeddedServers;
import spark.embeddedserver.jetty.EmbeddedJettyFactory;

/** The HTTP server and what it serves, from start to a stop that loses no request. */
final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

  private final LimitedJetty jetty;
  private final Service http;
  private final AtomicBoolean draining;
  private final StorePoller poller;
  private final int port;

  private ApiServer(
      LimitedJetty jetty, Service http, AtomicBoolean draining, StorePoller poller, int port) {
    this.jetty = jetty;
    this.http = http;
    this.draining = draining;
    this.poller = poller;
    this.port = port;
  }

  /**
   * Answers when it returns.
   *
   * @throws SettingsException if the address cannot be listened on
   */
  static ApiServer start(ApiSettings settings, Limits limits, Metrics metrics, Clock clock) {
    InetSocketAddress address = settings.address();
    AtomicBoolean draining = new AtomicBoolean();
    LimitedJetty jetty =
        new LimitedJetty(
            address.getAddress().getHostAddress(), address.getPort(), limits, draining);
    listen(jetty, address);

    Board board = new Board();
    StorePoller poller =
        new StorePoller(new ModelStore(settings.store()), board, settings.threshold(), metrics);
    poller.start();
    Routes routes = new Routes(board, settings, metrics, clock, draining);
    Service http = ignite(jetty, routes);
    poller.awaitFirstLook();
    int port = jetty.connector().getLocalPort();
    LOG.info(
        "event=listening host={} port={} store={} ticker={} threshold={} version={} java={}",
        address.getHostString(),
        port,
        settings.store(),
        settings.ticker(),
        settings.threshold(),
        Version.ofProgram(),
        Runtime.version());
    return new ApiServer(jetty, http, draining, poller, port);
  }

  /** Before anything else is set up, and not in the thread where Spark would hide a failure. */
  private static void listen(LimitedJetty jetty, InetSocketAddress address) {
    try {
      jetty.connector().open();
    } catch (IOException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new SettingsException(
          List.of(
              "cannot listen on %s:%d (%s); choose another --host or --port"
                  .formatted(address.getHostString(), address.getPort(), cause.getMessage())));
    }
  }

  private static Service ignite(LimitedJetty jetty, Routes routes) {
    Service http = Service.ignite();
    AtomicReference<Exception> failure = new AtomicReference<>();
    EmbeddedServers.add(jetty, new EmbeddedJettyFactory(jetty));
    http.embeddedServerIdentifier(jetty);
    http.initExceptionHandler(failure::set);
    routes.addTo(http);
    http.awaitInitialization();
    if (failure.get() != null) {
      throw new IllegalStateException("the HTTP server does not start", failure.get());
    }
    return http;
  }

  int port() {
    return port;
  }

  /**
   * Stops without losing a request: not ready any more, so that no new clients are sent here; after
   * {@code drain} no new connections; then the requests in flight end.
   */
  void stop(Duration drain) throws InterruptedException {
    LOG.info("event=stopping drain={}", drain);
    draining.set(true);
    Thread.sleep(drain.toMillis());
    close();
    LOG.info("event=stopped");
  }

  @Override
  public void close() {
    poller.close();
    jetty.stop();
    http.stop();
    http.awaitStop();
  }
}
