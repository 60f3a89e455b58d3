package mlopsprimer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import mlopsprimer.api.http.Limits;
import mlopsprimer.api.serving.Metrics;
import mlopsprimer.contract.ApiSettings;
import mlopsprimer.contract.SettingGroup.Spelling;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.contract.Ticker;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Starts real servers, each on a free port, over a real store. */
abstract class ApiTest {
  /**
   * Time after the close of the session of New Year's Eve. The forecast is for the second of
   * January.
   */
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
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--store=" + root, "--port=0", "--management-port=0", "--ticker=SPY"));
    SettingValues settings = ApiSettings.ALL.read(Spelling.FLAG, SettingValues.lookupIn(all));
    ApiServer server =
        ApiServer.start(settings, limits, new Metrics(), Clock.fixed(now, ZoneOffset.UTC));
    servers.add(server);
    return server;
  }

  /** File of an object of a ticker, such as its champion pointer in the folder champions. */
  Path file(String folder, String ticker) {
    return root.resolve(folder).resolve(Ticker.of(ticker).directoryName() + ".json");
  }

  /** Waits for at most two seconds. The API must follow its store within this time. */
  static ConditionFactory soon() {
    return await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(2));
  }

  /** Waits until the API's forecast uses the prices of the day, and returns the answer. */
  static JsonObject soonAsOf(Client client, String day) {
    return soon()
        .until(
            () -> client.json("/predictionForTomorrow"),
            json -> json.get("asOf").getAsString().equals(day));
  }

  static void assertProblem(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonObject problem = JsonParser.parseString(response.body()).getAsJsonObject();
    assertThat(problem.keySet()).containsExactly("type", "title", "status", "detail");
    assertThat(problem.get("status").getAsInt()).isEqualTo(status);
  }
}
