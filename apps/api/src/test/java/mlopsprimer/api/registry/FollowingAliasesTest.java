package mlopsprimer.api.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mlopsprimer.api.StoreFixture;
import mlopsprimer.api.serving.Board;
import mlopsprimer.api.serving.ChosenBy;
import mlopsprimer.api.serving.FollowedStore;
import mlopsprimer.api.serving.Metrics;
import mlopsprimer.api.serving.StorePoller;
import mlopsprimer.contract.Ticker;
import mlopsprimer.fixtures.MemoryStorage;
import mlopsprimer.storage.StorageException;
import mlopsprimer.store.ModelStore;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is served when the alias of a registry and the champion pointer of the store move. */
class FollowingAliasesTest {
  private static final Duration PERIOD = Duration.ofMillis(20);
  private static final Ticker SPY = Ticker.of("SPY");

  private final MemoryStorage storage = new MemoryStorage();
  private final StoreFixture store = new StoreFixture(storage);
  private final FakeRegistry registry = new FakeRegistry();
  private final Metrics metrics = new Metrics();
  private final FollowedAliases aliases = new FollowedAliases(registry, metrics, PERIOD);
  private final Board board = new Board();
  private final StorePoller poller =
      new StorePoller(
          new FollowedStore(new ModelStore(storage), PERIOD, SPY, List::of),
          board,
          metrics,
          aliases.champions());

  @AfterEach
  void stop() {
    aliases.close();
    poller.close();
  }

  @Test
  void anAliasThatAPersonMovesIsServedAndBack() {
    String first = champion("SPY", 300, 1);
    champion("SPY", 700, 2);
    registry.alias("SPY", 2, 2);
    start();
    assertThat(up(SPY)).isEqualTo(700);

    registry.alias("SPY", 1, 2);
    soon().until(() -> up(SPY) == 300);
    assertThat(board.of(SPY).orElseThrow().version()).isEqualTo(first);
    assertThat(board.of(SPY).orElseThrow().chosenBy()).isEqualTo(ChosenBy.MLFLOW_ALIAS);
    assertMetric("primer_mlflow_alias_served{ticker=\"SPY\"} 1.0");

    registry.alias("SPY", 2, 2);
    soon().until(() -> up(SPY) == 700);
    assertThat(board.of(SPY).orElseThrow().chosenBy()).isEqualTo(ChosenBy.POINTER);
    assertMetric("primer_mlflow_alias_served{ticker=\"SPY\"} 0.0");
  }

  @Test
  void thePromotionOfATrainerIsServedOnceAndStays() {
    champion("SPY", 300, 1);
    registry.alias("SPY", 1, 1);
    start();

    champion("SPY", 700, 2);
    soon().until(() -> up(SPY) == 700);
    List<Long> served = new CopyOnWriteArrayList<>();
    watchFor(20, served);
    registry.alias("SPY", 2, 1); // the tag follows the alias
    watchFor(20, served);
    registry.alias("SPY", 2, 2);
    watchFor(20, served);
    assertThat(served).isNotEmpty().allMatch(up -> up == 700);
  }

  @Test
  void aRestartWhileApartServesAPersonsAliasFromTheFirstForecastOn() {
    String first = champion("SPY", 300, 1);
    champion("SPY", 700, 2);
    registry.alias("SPY", 1, 2);
    start();
    assertThat(up(SPY)).isEqualTo(300);
    assertThat(board.of(SPY).orElseThrow().version()).isEqualTo(first);
  }

  @Test
  void aRestartWhileTheTrainersAliasIsOlderServesThePointer() {
    champion("SPY", 300, 1);
    champion("SPY", 700, 2);
    registry.alias("SPY", 1, 1);
    start();
    assertThat(up(SPY)).isEqualTo(700);
  }

  @Test
  void anAliasWithoutTagsChangesNothingAndIsAMetric() {
    champion("SPY", 300, 1);
    start();
    registry.alias("SPY", 9, 0);

    soon().untilAsserted(() -> assertMetric("primer_mlflow_alias_unusable{ticker=\"SPY\"} 1.0"));
    assertThat(up(SPY)).isEqualTo(300);
    assertThat(board.of(SPY).orElseThrow().degraded()).isFalse();
    assertThat(board.isTroubled(SPY)).isFalse();

    registry.alias("SPY", 1, 0);
    soon().untilAsserted(() -> assertMetric("primer_mlflow_alias_unusable{ticker=\"SPY\"} 0.0"));
  }

  @Test
  void anAliasOfAVersionThatTheStoreDoesNotHaveChangesNothingAndIsAMetric() {
    champion("SPY", 300, 1);
    registry.version("SPY", 2, "20200101T000000000Z-0123456789ab", "0".repeat(64));
    registry.version("SPY", 3, "../../../etc/passwd", "0".repeat(64));
    start();
    for (int number = 2; number <= 3; number++) {
      registry.alias("SPY", number, 0);
      soon().untilAsserted(() -> assertMetric("primer_mlflow_alias_unusable{ticker=\"SPY\"} 1.0"));
      assertThat(up(SPY)).isEqualTo(300);
      assertThat(board.isTroubled(SPY)).isFalse();

      registry.alias("SPY", 1, 0);
      soon().untilAsserted(() -> assertMetric("primer_mlflow_alias_unusable{ticker=\"SPY\"} 0.0"));
    }
  }

  @Test
  void anAliasWithAnotherSha256ChangesNothingAndIsAMetric() {
    String first = champion("SPY", 300, 1);
    String second = champion("SPY", 700, 2);
    registry.version("SPY", 3, first, "0".repeat(64));
    registry.version("SPY", 4, second, "0".repeat(64));
    start();
    for (int number = 3; number <= 4; number++) {
      registry.alias("SPY", number, 0);
      soon().untilAsserted(() -> assertMetric("primer_mlflow_alias_unusable{ticker=\"SPY\"} 1.0"));
      assertThat(up(SPY)).isEqualTo(700);

      registry.alias("SPY", 2, 0);
      soon().untilAsserted(() -> assertMetric("primer_mlflow_alias_unusable{ticker=\"SPY\"} 0.0"));
    }
  }

  @Test
  void fromAServedAliasToAnUnusableOneThePointerIsServed() {
    champion("SPY", 300, 1);
    champion("SPY", 700, 2);
    registry.alias("SPY", 1, 0);
    start();
    assertThat(up(SPY)).isEqualTo(300);

    registry.alias("SPY", 9, 0);
    soon().until(() -> up(SPY) == 700);

    registry.alias("SPY", 1, 0);
    soon().until(() -> up(SPY) == 300);

    registry.delete("SPY");
    soon().until(() -> up(SPY) == 700);
  }

  @Test
  void aRegistryThatIsAwayLeavesWhatIsServedAndThePointerGoesOn() {
    champion("SPY", 300, 1);
    champion("SPY", 700, 2);
    registry.alias("SPY", 1, 0);
    start();
    registry.setAway(true);
    soon().untilAsserted(() -> assertMetric("primer_mlflow_away 1.0"));
    assertThat(up(SPY)).isEqualTo(300);
    assertThat(board.of(SPY).orElseThrow().degraded()).isFalse();

    champion("SPY", 800, 3);
    soon().until(() -> up(SPY) == 800);

    registry.alias("SPY", 2, 0);
    registry.setAway(false);
    soon().until(() -> up(SPY) == 700);
    assertMetric("primer_mlflow_away 0.0");
  }

  @Test
  void aRegistryThatIsAwayAtTheStartLeavesThePointer() {
    champion("SPY", 300, 1);
    registry.setAway(true);
    start();
    assertThat(up(SPY)).isEqualTo(300);
    assertMetric("primer_mlflow_away 1.0");
  }

  @Test
  void aStoreThatIsAwayWhileTheAliasMovesMakesNoAliasUnusable() {
    champion("SPY", 300, 1);
    champion("SPY", 700, 2);
    registry.alias("SPY", 2, 2);
    start();
    storage.before(
        request -> {
          throw new StorageException("away");
        });
    soon().until(board::isStoreAway);
    registry.alias("SPY", 1, 2);
    int asked = registry.questions.get();
    soon().until(() -> registry.questions.get() > asked + 2);
    assertMetric("primer_mlflow_alias_unusable{ticker=\"SPY\"} 0.0");
    assertThat(up(SPY)).isEqualTo(700);

    storage.before(request -> {});
    soon().until(() -> up(SPY) == 300);
  }

  @Test
  void twoHundredAliasesThatDoNotMoveAreOneQuestionAPollAndReadNothing() {
    for (int i = 0; i < 200; i++) {
      champion("T" + i, 300, 1);
      registry.alias("T" + i, 1, 0);
    }
    start();
    soon().until(() -> registry.reads.get() == 200);
    List<String> requests = new CopyOnWriteArrayList<>();
    int asked = registry.questions.get();
    soon().until(() -> registry.questions.get() > asked);
    storage.before(requests::add);
    int before = registry.questions.get();
    soon().until(() -> registry.questions.get() > before + 5);

    assertThat(registry.reads).hasValue(200);
    assertThat(requests).isNotEmpty().noneMatch(each -> each.startsWith("read"));
    System.out.printf(
        "200 tickers, %d polls of the registry: %d questions, no tags read again, no object of the store read%n",
        registry.questions.get() - before, registry.questions.get() - before);
  }

  /** Stores and promotes a version, and registers it. */
  private String champion(String ticker, int up, int number) {
    String version = store.champion(ticker, up);
    String sha256 =
        new ModelStore(storage).ticker(Ticker.of(ticker)).champion().orElseThrow().sha256();
    registry.version(ticker, number, version, sha256);
    return version;
  }

  private void watchFor(int readings, List<Long> served) {
    int asked = registry.questions.get();
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              served.add(up(SPY));
              return registry.questions.get() > asked + readings;
            });
  }

  private void assertMetric(String line) {
    assertThat(metrics.scrape().lines()).contains(line);
  }

  /** Probability of UP on the board, in thousandths. */
  private long up(Ticker ticker) {
    return Math.round(1000 * board.of(ticker).orElseThrow().probabilityUp());
  }

  private void start() {
    aliases.start(poller::pollSoon);
    poller.start();
    poller.awaitFirstLook(Duration.ofSeconds(30));
  }

  private static ConditionFactory soon() {
    return await().pollInterval(Duration.ofMillis(10)).atMost(Duration.ofSeconds(20));
  }
}
