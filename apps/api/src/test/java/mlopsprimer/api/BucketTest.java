package mlopsprimer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import mlopsprimer.api.StoreProxy.State;
import mlopsprimer.api.http.Limits;
import mlopsprimer.api.serving.Metrics;
import mlopsprimer.contract.ApiSettings;
import mlopsprimer.contract.SettingGroup.Spelling;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.contract.StorageLocation.Bucket;
import mlopsprimer.storage.Storage;
import mlopsprimer.storage.VersityGateway;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The API over a store in a bucket of a real S3 server, to which the connection may fail. */
class BucketTest {
  private static final String PATH = "/predictionForTomorrow";
  @RegisterExtension static final VersityGateway S3 = new VersityGateway();

  private StoreProxy proxy;
  private Bucket bucket;
  private Storage storage;
  private StoreFixture store;
  private ApiServer server;

  @BeforeAll
  static void useCredentialsOfTheOwner() {
    var owner = VersityGateway.CREDENTIALS.resolveCredentials();
    System.setProperty("aws.accessKeyId", owner.accessKeyId());
    System.setProperty("aws.secretAccessKey", owner.secretAccessKey());
  }

  @AfterAll
  static void forgetCredentials() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @BeforeEach
  void openStore() throws IOException {
    proxy = new StoreProxy(S3.port());
    bucket = S3.newBucket();
    storage = S3.open(bucket);
    store = new StoreFixture(storage);
  }

  @AfterEach
  void close() throws IOException {
    if (server != null) {
      server.close();
    }
    storage.close();
    proxy.close();
  }

  @Test
  void aNewChampionIsServedWithinThreeSeconds() throws Exception {
    store.champion("SPY", 300);
    Client client = start();
    assertThat(client.confidence()).isEqualTo(0.3);

    store.champion("SPY", 700);

    within(Duration.ofSeconds(3)).until(client::confidence, confidence -> confidence == 0.7);
  }

  @Test
  void aBucketThatHangsLeavesTheAnswersAndMarksThemAsDegraded() throws Exception {
    store.champion("SPY", 300);
    Client client = start();
    assertThat(client.json(PATH).get("degraded").getAsBoolean()).isFalse();

    proxy.become(State.HANGING);

    within(Duration.ofSeconds(20))
        .until(client::metrics, text -> text.contains("primer_store_away 1.0"));
    long start = System.nanoTime();
    JsonObject answer = client.json(PATH);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    assertThat(answer.get("confidence").getAsDouble()).isEqualTo(0.3);
    assertThat(answer.get("degraded").getAsBoolean()).isTrue();
    assertThat(client.get("/models").body()).contains("\"degraded\": true");
    assertThat(client.status("/health/ready")).isEqualTo(200);

    store.champion("SPY", 700);
    proxy.become(State.OPEN);

    within(Duration.ofSeconds(20)).until(client::confidence, confidence -> confidence == 0.7);
    within(Duration.ofSeconds(5))
        .until(() -> client.json(PATH), json -> !json.get("degraded").getAsBoolean());
    assertThat(client.metrics()).contains("primer_store_away 0.0");
  }

  @Test
  void aServerThatStartsWithoutItsBucketIsUnavailableUntilItCanReadIt() throws Exception {
    store.champion("SPY", 300);
    proxy.become(State.CUT);
    Client client = start();

    for (String path : new String[] {PATH, PATH + "?ticker=QQQ", "/health/ready"}) {
      HttpResponse<String> answer = client.get(path);
      ApiTest.assertProblem(answer, 503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
    within(Duration.ofSeconds(20))
        .until(() -> client.get(PATH).body(), body -> body.contains("store cannot be read at the"));

    proxy.become(State.OPEN);

    within(Duration.ofSeconds(20)).until(() -> client.status(PATH), status -> status == 200);
    assertThat(client.status(PATH + "?ticker=QQQ")).isEqualTo(404);
  }

  private Client start() {
    String[] arguments = {
      "--store=" + bucket,
      "--s3-endpoint=http://127.0.0.1:" + proxy.port(),
      "--port=0",
      "--management-port=0",
      "--ticker=SPY"
    };
    SettingValues settings =
        ApiSettings.ALL.read(Spelling.FLAG, SettingValues.lookupIn(List.of(arguments)));
    server =
        ApiServer.start(
            settings,
            Limits.DEFAULT,
            new Metrics(),
            Clock.fixed(ApiTest.NEW_YEARS_EVE, ZoneOffset.UTC));
    return new Client(server.port());
  }

  private static ConditionFactory within(Duration time) {
    return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(50)).atMost(time);
  }
}
