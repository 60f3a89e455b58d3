package mlopsprimer.api;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import mlopsprimer.api.http.LimitedJetty;
import mlopsprimer.api.http.Limits;
import mlopsprimer.api.registry.FollowedAliases;
import mlopsprimer.api.routes.Routes;
import mlopsprimer.api.serving.Board;
import mlopsprimer.api.serving.ChampionReader;
import mlopsprimer.api.serving.FollowedStore;
import mlopsprimer.api.serving.Metrics;
import mlopsprimer.api.serving.StorePoller;
import mlopsprimer.contract.ApiSettings;
import mlopsprimer.contract.AppSettings;
import mlopsprimer.contract.BaseUrl;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.contract.SettingsException;
import mlopsprimer.storage.S3Options;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spark.Service;
import spark.embeddedserver.EmbeddedServers;
import spark.embeddedserver.jetty.EmbeddedJettyFactory;

/**
 * A running server: Jetty with its two ports, the endpoints, and the poller that follows the store.
 */
final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

  /** A store that takes longer is away, or has more tickers than can be awaited. */
  private static final Duration FIRST_LOOK = Duration.ofSeconds(5);

  private final LimitedJetty jetty;
  private final Service http;
  private final AtomicBoolean draining;
  private final StorePoller poller;
  private final Optional<FollowedAliases> aliases;
  private final int port;
  private final int managementPort;

  private ApiServer(
      LimitedJetty jetty,
      Service http,
      AtomicBoolean draining,
      StorePoller poller,
      Optional<FollowedAliases> aliases) {
    this.jetty = jetty;
    this.http = http;
    this.draining = draining;
    this.poller = poller;
    this.aliases = aliases;
    this.port = jetty.http().getLocalPort();
    this.managementPort = jetty.management().getLocalPort();
  }

  /**
   * Starts a server. When this method returns, the server answers requests.
   *
   * @throws SettingsException if the server cannot listen on its ports
   */
  static ApiServer start(SettingValues settings, Limits limits, Metrics metrics, Clock clock) {
    AtomicBoolean draining = new AtomicBoolean();
    LimitedJetty jetty =
        new LimitedJetty(
            settings.get(ApiSettings.HOST).getHostAddress(),
            settings.get(ApiSettings.PORT),
            settings.get(ApiSettings.MANAGEMENT_PORT),
            limits,
            settings.get(ApiSettings.CORS_ORIGIN),
            metrics::answered,
            draining::get);
    Ports.open(jetty, settings);

    Board board = new Board();
    metrics.watch(board);
    FollowedStore store =
        FollowedStore.open(
            settings.get(AppSettings.STORE),
            S3Options.of(settings),
            settings.get(AppSettings.TICKER));
    Optional<FollowedAliases> aliases = aliases(settings, metrics);
    StorePoller poller = new StorePoller(store, board, metrics, champions(aliases));
    if (aliases.isPresent()) {
      aliases.get().start(poller::pollSoon);
    }
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
    poller.awaitFirstLook(FIRST_LOOK);
    ApiServer server = new ApiServer(jetty, http, draining, poller, aliases);
    LOG.atInfo()
        .addKeyValue("host", settings.textOf(ApiSettings.HOST))
        .addKeyValue("port", server.port())
        .addKeyValue("managementPort", server.managementPort())
        .addKeyValue("store", settings.get(AppSettings.STORE))
        .addKeyValue("ticker", settings.get(AppSettings.TICKER))
        .addKeyValue("mlflow", settings.textOf(AppSettings.MLFLOW))
        .addKeyValue("threshold", settings.get(ApiSettings.THRESHOLD))
        .addKeyValue("corsOrigin", settings.get(ApiSettings.CORS_ORIGIN))
        .addKeyValue("version", Version.ofProgram())
        .addKeyValue("java", Runtime.version())
        .log("listening");
    return server;
  }

  /** Uses no lambda, because a lambda would load the classes for MLflow without the setting. */
  private static Optional<FollowedAliases> aliases(SettingValues settings, Metrics metrics) {
    Optional<BaseUrl> mlflow = settings.get(AppSettings.MLFLOW);
    return mlflow.isPresent()
        ? Optional.of(FollowedAliases.open(mlflow.get(), metrics))
        : Optional.empty();
  }

  private static ChampionReader champions(Optional<FollowedAliases> aliases) {
    return aliases.isPresent() ? aliases.get().champions() : ChampionReader.BY_POINTER;
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

  int managementPort() {
    return managementPort;
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
    if (aliases.isPresent()) {
      aliases.get().close();
    }
    poller.close();
    jetty.stop();
    http.stop();
    http.awaitStop();
  }
}
