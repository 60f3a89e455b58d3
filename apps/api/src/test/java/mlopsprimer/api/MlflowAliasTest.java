package mlopsprimer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mlopsprimer.contract.Ticker;
import mlopsprimer.mlflow.MlflowServer;
import mlopsprimer.mlflow.ModelRegistry;
import mlopsprimer.mlflow.RegisteredModel;
import mlopsprimer.mlflow.RegisteredModelName;
import mlopsprimer.mlflow.RegisteredVersion;
import mlopsprimer.mlflow.TrainersMark;
import mlopsprimer.store.ModelStore;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the API serves while a real MLflow server has an alias champion. */
class MlflowAliasTest extends ApiTest {
  private static final RegisteredModelName SPY = new RegisteredModelName(Ticker.of("SPY"));

  @RegisterExtension static final MlflowServer MLFLOW = new MlflowServer();

  private ModelRegistry registry;
  private MlflowProxy proxy;
  private String run;
  private String source;

  @BeforeEach
  void connect() {
    registry = new ModelRegistry(MLFLOW.connection());
    proxy = new MlflowProxy(MLFLOW.uri());
    String[] created =
        MLFLOW
            .python(
                """
                for model in client.search_registered_models():
                    client.delete_registered_model(model.name)
                run = client.create_run("0")
                print(run.info.run_id, run.info.artifact_uri + "/model")
                """)
            .split(" ", 2);
    run = created[0];
    source = created[1];
  }

  @AfterEach
  void disconnect() {
    proxy.close();
  }

  @Test
  void anAliasThatMlflowsClientMovesIsServedWithinFiveSecondsAndBack() throws Exception {
    int first = champion("SPY", 300);
    int second = champion("SPY", 700);
    trainerSets(SPY, second);
    Client client = startWithMlflow();
    assertThat(client.confidence()).isEqualTo(0.7);
    assertThat(chosenBy(client)).isEqualTo("pointer");

    String version = versionOf(SPY, first);
    long there = served(client, moveByPython(first), 0.3);
    assertThat(chosenBy(client)).isEqualTo("mlflow-alias");
    JsonObject model = client.json("/predictionForTomorrow").getAsJsonObject("model");
    assertThat(model.get("version").getAsString()).isEqualTo(version);
    assertThat(client.json("/models/SPY").get("sha256").getAsString())
        .isEqualTo(model.get("sha256").getAsString());

    long back = served(client, moveByPython(second), 0.7);
    assertThat(chosenBy(client)).isEqualTo("pointer");
    System.out.printf("alias served after %d ms, and back after %d ms%n", there, back);
    assertThat(List.of(there, back)).allMatch(millis -> millis <= 5000);
  }

  @Test
  void thePromotionOfATrainerIsServedOnceThoughTheAliasFollowsLater() throws Exception {
    trainerSets(SPY, champion("SPY", 300));
    Client client = startWithMlflow();
    List<Double> served = new ArrayList<>(List.of(client.confidence()));

    int second = champion("SPY", 700);
    watch(client, Duration.ofSeconds(3), served);
    registry.setAlias(SPY, RegisteredModel.CHAMPION, second);
    watch(client, Duration.ofSeconds(3), served);
    trainerSets(SPY, second);
    watch(client, Duration.ofSeconds(3), served);

    System.out.println("pointer first, alias 3 s and tag 6 s later: served " + served);
    assertThat(served).containsExactly(0.3, 0.7);
  }

  @Test
  void afterARestartAPersonsAliasIsServedAndAnOlderOneOfTheTrainerIsNot() throws Exception {
    int first = champion("SPY", 300);
    int second = champion("SPY", 700);
    trainerSets(SPY, second);
    registry.setAlias(SPY, RegisteredModel.CHAMPION, first);
    assertThat(startWithMlflow().confidence()).as("a person moved the alias").isEqualTo(0.3);

    trainerSets(SPY, first);
    assertThat(startWithMlflow().confidence()).as("the pointer is newer").isEqualTo(0.7);
  }

  @Test
  void anAliasToAVersionThatCannotBeServedChangesNothingAndIsAMetric() throws Exception {
    int pruned = champion("SPY", 300);
    int good = champion("SPY", 400);
    int second = champion("SPY", 700);
    trainerSets(SPY, second);
    delete(root.resolve("versions/SPY").resolve(versionOf(SPY, pruned)));
    Client client = startWithMlflow();
    int foreign = register(SPY, Map.of());
    int altered =
        register(
            SPY,
            Map.of(
                RegisteredVersion.VERSION_TAG,
                versionOf(SPY, good),
                RegisteredVersion.SHA256_TAG,
                "0".repeat(64)));
    for (int number : List.of(foreign, pruned, altered)) {
      registry.setAlias(SPY, RegisteredModel.CHAMPION, number);
      inTime().until(() -> isUnusable(client));
      JsonObject answer = client.json("/predictionForTomorrow");
      assertThat(answer.get("confidence").getAsDouble()).isEqualTo(0.7);
      assertThat(answer.get("degraded").getAsBoolean()).isFalse();
      assertThat(client.status("/health/ready")).isEqualTo(200);

      registry.setAlias(SPY, RegisteredModel.CHAMPION, good);
      inTime().until(() -> !isUnusable(client) && client.confidence() == 0.4);
    }
  }

  @Test
  void whileMlflowIsAwayThePointerGoesOn() throws Exception {
    int first = champion("SPY", 300);
    int second = champion("SPY", 700);
    trainerSets(SPY, second);
    registry.setAlias(SPY, RegisteredModel.CHAMPION, first);
    Client client = startWithMlflow();
    assertThat(client.confidence()).isEqualTo(0.3);
    assertThat(client.metrics()).contains("primer_mlflow_away 0.0");

    MLFLOW.kill();
    try {
      inTime().until(() -> client.metrics().contains("primer_mlflow_away 1.0"));
      JsonObject answer = client.json("/predictionForTomorrow");
      assertThat(answer.get("confidence").getAsDouble()).as("what was served stays").isEqualTo(0.3);
      assertThat(answer.get("degraded").getAsBoolean()).isFalse();
      store.champion("SPY", 800);
      soon().until(() -> client.confidence() == 0.8);

      long start = System.nanoTime();
      assertThat(startWithMlflow().confidence()).as("a start without MLflow").isEqualTo(0.8);
      System.out.printf(
          "start with MLflow away: %d ms%n",
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    } finally {
      MLFLOW.startAgain();
    }
    registry.setAlias(SPY, RegisteredModel.CHAMPION, second);
    long start = System.nanoTime();
    await().atMost(Duration.ofSeconds(15)).until(() -> client.confidence() == 0.7);
    System.out.printf(
        "MLflow back, and a moved alias served after %d ms%n",
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    assertThat(client.metrics()).contains("primer_mlflow_away 0.0");
  }

  @Test
  void strangeAndSlowAnswersOfMlflowLeaveWhatIsServedAndDelayNoRequest() throws Exception {
    int first = champion("SPY", 300);
    int second = champion("SPY", 700);
    trainerSets(SPY, second);
    registry.setAlias(SPY, RegisteredModel.CHAMPION, first);
    Client client = startWithMlflow();
    List<MlflowProxy.Fault> faults =
        List.of(
            MlflowProxy.Fault.answer(200, "<html>sign in</html>"),
            MlflowProxy.Fault.answer(200, "{\"registered_models\": 7}"),
            MlflowProxy.Fault.answer(200, "{\"registered_models\": [{\"name\": {}}]}"),
            MlflowProxy.Fault.answer(200, "[".repeat(100_000)),
            MlflowProxy.Fault.answer(200, "{\"next_page_token\": \"again\"}"),
            MlflowProxy.Fault.answer(200, " ".repeat(17 << 20)),
            MlflowProxy.Fault.answer(500, "no"),
            MlflowProxy.Fault.answer(403, "Invalid Host header"),
            MlflowProxy.Fault.answer(302, ""),
            MlflowProxy.Fault.slow(Duration.ofSeconds(30)));
    for (MlflowProxy.Fault fault : faults) {
      proxy.set(fault);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> client.metrics().contains("primer_mlflow_away 1.0"));
      long start = System.nanoTime();
      assertThat(client.confidence()).isEqualTo(0.3);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));

      proxy.set(MlflowProxy.Fault.NONE);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> client.metrics().contains("primer_mlflow_away 0.0"));
    }
    store.champion("SPY", 800);
    soon().until(() -> client.confidence() == 0.8);
  }

  @Test
  void aHangingMlflowDelaysTheStartByTwoSeconds() throws Exception {
    champion("SPY", 300);
    proxy.set(MlflowProxy.Fault.slow(Duration.ofSeconds(30)));
    long start = System.nanoTime();
    assertThat(startWithMlflow().confidence()).isEqualTo(0.3);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    System.out.printf("start with an MLflow that hangs: %d ms%n", millis);
    assertThat(millis).isBetween(2000L, 4000L);
  }

  @Test
  void twoHundredTickersAreOneRequestAPoll() throws Exception {
    for (int i = 0; i < 200; i++) {
      RegisteredModelName name = new RegisteredModelName(Ticker.of("T" + i));
      int first = champion("T" + i, 300);
      registry.setAlias(name, RegisteredModel.CHAMPION, first);
      if (i % 2 == 0) {
        trainerSets(name, first);
      }
    }
    Client client = startWithMlflow();
    await().atMost(Duration.ofSeconds(30)).until(() -> count("model-versions/get") == 100);
    int before = proxy.requests().size();
    int polls = count("registered-models/search");
    long start = System.nanoTime();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> count("registered-models/search") >= polls + 3);
    long threePolls = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertThat(proxy.requests().subList(before, proxy.requests().size()))
        .containsOnly("registered-models/search");

    RegisteredModelName t7 = new RegisteredModelName(Ticker.of("T7"));
    String first = versionOf(t7, 1);
    int moved = champion("T7", 600);
    store.rollback("T7", first);
    soon().until(() -> confidence(client, "T7") == 0.3);
    start = System.nanoTime();
    registry.setAlias(t7, RegisteredModel.CHAMPION, moved);
    inTime().until(() -> confidence(client, "T7") == 0.6);
    System.out.printf(
        "200 tickers, 100 marked by the trainer: 100 tags read at the start, then 3 polls are 3 requests in %d ms; one moved alias served after %d ms and 1 more request%n",
        threePolls, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    assertThat(count("model-versions/get")).isEqualTo(101);
  }

  private static double confidence(Client client, String ticker) throws Exception {
    return client.json("/predictionForTomorrow?ticker=" + ticker).get("confidence").getAsDouble();
  }

  private int count(String call) {
    return (int) proxy.requests().stream().filter(call::equals).count();
  }

  private Client startWithMlflow() {
    return start("--mlflow=" + proxy.uri());
  }

  private static ConditionFactory inTime() {
    return await().pollInterval(Duration.ofMillis(20)).atMost(Duration.ofSeconds(5));
  }

  private static boolean isUnusable(Client client) throws Exception {
    return client.metrics().contains("primer_mlflow_alias_unusable{ticker=\"SPY\"} 1.0");
  }

  private static String chosenBy(Client client) throws Exception {
    return client
        .json("/models")
        .getAsJsonArray("models")
        .get(0)
        .getAsJsonObject()
        .get("chosenBy")
        .getAsString();
  }

  /** Moves the alias as a person does, and returns the time in milliseconds. */
  private static long moveByPython(int number) {
    return Long.parseLong(
        MLFLOW.python(
            """
            import time
            client.set_registered_model_alias("%s", "champion", "%d")
            print(int(time.time() * 1000))
            """
                .formatted(SPY, number)));
  }

  /** Waits until a probability is served and returns the milliseconds since a time. */
  private static long served(Client client, long sinceMillis, double confidence) {
    inTime().until(() -> client.confidence() == confidence);
    return System.currentTimeMillis() - sinceMillis;
  }

  /** Adds every other probability that is served meanwhile. */
  private static void watch(Client client, Duration time, List<Double> served) {
    long end = System.nanoTime() + time.toNanos();
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .atMost(time.plusSeconds(5))
        .until(
            () -> {
              double now = client.confidence();
              if (now != served.get(served.size() - 1)) {
                served.add(now);
              }
              return System.nanoTime() - end > 0;
            });
  }

  /** Stores, promotes and registers a version, and returns its number in MLflow. */
  private int champion(String ticker, int up) {
    String version = store.champion(ticker, up);
    String sha256 =
        new ModelStore(store.storage()).ticker(Ticker.of(ticker)).champion().orElseThrow().sha256();
    return register(
        new RegisteredModelName(Ticker.of(ticker)),
        Map.of(RegisteredVersion.VERSION_TAG, version, RegisteredVersion.SHA256_TAG, sha256));
  }

  private int register(RegisteredModelName name, Map<String, String> tags) {
    registry.createModel(name, "test", Map.of());
    return registry.createVersion(name, source, run, "test", tags).number();
  }

  private String versionOf(RegisteredModelName name, int number) {
    return registry.version(name, number).orElseThrow().storedVersion().orElseThrow();
  }

  private void trainerSets(RegisteredModelName name, int number) {
    registry.setAlias(name, RegisteredModel.CHAMPION, number);
    registry.setTag(
        name, TrainersMark.TAG, TrainersMark.of(number, versionOf(name, number)).text());
  }

  private static void delete(Path directory) throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(directory);
  }
}
