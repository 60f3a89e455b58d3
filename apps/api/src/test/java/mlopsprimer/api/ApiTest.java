package mlopsprimer.api;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import mlopsprimer.api.http.Limits;
import mlopsprimer.api.serving.Metrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A real server on a free port, over a real store. */
abstract class ApiTest {
  /** New Year's Eve after the close: the forecast is for the second of January. */
  static final Instant NEW_YEARS_EVE = Instant.parse("2018-12-31T22:30:00Z");

  @TempDir Path root;
  StoreFixture store;
  private final List<ApiServer> servers = new ArrayList<>();

  @BeforeEach
  void openStore() {
    store = new StoreFixture(root);
  }

  @AfterEach
  void stopServers() {
    servers.forEach(ApiServer::close);
  }

  Client start(String... arguments) {
    return startAt(NEW_YEARS_EVE, arguments);
  }

  Client startAt(Instant now, String... arguments) {
    return new Client(server(now, arguments).port());
  }

  ApiServer server(Instant now, String... arguments) {
    return server(Limits.DEFAULT, now, arguments);
  }

  ApiServer server(Limits limits, Instant now, String... arguments) {
    ApiOptions options = new ApiOptions();
    List<String> all =
        new ArrayList<>(List.of("--store", root.toString(), "--port", "0", "--ticker", "SPY"));
    all.addAll(List.of(arguments));
    new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("options", spec(options)))
        .setOverwrittenOptionsAllowed(true)
        .parseArgs(all.toArray(String[]::new));
    ApiServer server =
        ApiServer.start(
            ApiSettings.of(options), limits, new Metrics(), Clock.fixed(now, ZoneOffset.UTC));
    servers.add(server);
    return server;
  }

  private static CommandLine.Model.CommandSpec spec(ApiOptions options) {
    return CommandLine.Model.CommandSpec.forAnnotatedObject(options);
  }
}
