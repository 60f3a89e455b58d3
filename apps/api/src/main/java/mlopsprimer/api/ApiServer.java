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
import mlopsprimer.contract.ApiSettings;
import mlopsprimer.contract.AppSettings;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.contract.SettingsException;
import mlopsprimer.store.ModelStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spark.Service;
import spark.embeddedserver.EmbeddedServers;
import spark.embeddedserver.jetty.EmbeddedJettyFactory;

/** A running server: Jetty, the endpoints, and the poller that follows the store. */
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
   * Starts a server. When this method returns, the server answers requests.
   *
   * @throws SettingsException if the server cannot listen on the address
   */
  static ApiServer start(SettingValues settings, Limits limits, Metrics metrics, Clock clock) {
    InetSocketAddress address =
        new InetSocketAddress(settings.get(ApiSettings.HOST), settings.get(ApiSettings.PORT));
    AtomicBoolean draining = new AtomicBoolean();
    LimitedJetty jetty =
        new LimitedJetty(
            address.getAddress().getHostAddress(), address.getPort(), limits, draining::get);
    listen(jetty, address);

    Board board = new Board();
    StorePoller poller =
        new StorePoller(new ModelStore(settings.get(AppSettings.STORE)), board, metrics);
    poller.start();
    Routes routes =
        new Routes(
            board,
            settings.get(AppSettings.TICKER),
            settings.get(ApiSettings.THRESHOLD),
            metrics,
            clock,
            draining::get);
    Service http = ignite(jetty, routes);
    poller.awaitFirstLook();
    int port = jetty.connector().getLocalPort();
    LOG.atInfo()
        .addKeyValue("host", address.getHostString())
        .addKeyValue("port", port)
        .addKeyValue("store", settings.get(AppSettings.STORE))
        .addKeyValue("ticker", settings.get(AppSettings.TICKER))
        .addKeyValue("threshold", settings.get(ApiSettings.THRESHOLD))
        .addKeyValue("version", Version.ofProgram())
        .addKeyValue("java", Runtime.version())
        .log("listening");
    return new ApiServer(jetty, http, draining, poller, port);
  }

  /**
   * Opens the port before anything else starts. Spark would open the port in another thread and
   * only log a failure; this method throws it.
   */
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
      throw new IllegalStateException("the HTTP server did not start", failure.get());
    }
    return http;
  }

  int port() {
    return port;
  }

  /**
   * Stops the server without losing a request. First the server reports that it is not ready, so
   * that Kubernetes sends new requests to other pods. After {@code drain} the server accepts no new
   * connection, and finishes the requests in flight.
   */
  void stop(Duration drain) throws InterruptedException {
    LOG.atInfo().addKeyValue("drain", drain).log("stopping");
    draining.set(true);
    Thread.sleep(drain.toMillis());
    close();
    LOG.atInfo().log("stopped");
  }

  @Override
  public void close() {
    poller.close();
    jetty.stop();
    http.stop();
    http.awaitStop();
  }
}
