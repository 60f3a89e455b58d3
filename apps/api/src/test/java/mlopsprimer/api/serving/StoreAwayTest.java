package mlopsprimer.api.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import mlopsprimer.api.StoreFixture;
import mlopsprimer.contract.Ticker;
import mlopsprimer.fixtures.MemoryStorage;
import mlopsprimer.storage.StorageException;
import mlopsprimer.store.ModelStore;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store that does not answer, and the requests that the poller sends. */
class StoreAwayTest {
  private static final Duration PERIOD = Duration.ofMillis(20);
  private static final Ticker SPY = Ticker.of("SPY");

  private final MemoryStorage storage = new MemoryStorage();
  private final StoreFixture store = new StoreFixture(storage);
  private final Board board = new Board(Duration.ofMillis(500));
  private final AtomicInteger failures = new AtomicInteger();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final PollListener listener =
      new PollListener() {
        @Override
        public void reloadFailed() {
          failures.incrementAndGet();
        }

        @Override
        public void changed(Board board) {}
      };
  private final StorePoller poller =
      new StorePoller(
          new FollowedStore(new ModelStore(storage), PERIOD, SPY, List::of), board, listener);

  @AfterEach
  void stop() {
    ended.countDown();
    poller.close();
  }

  @Test
  void anOutageLeavesTheForecastAndEndsWithTheNextGoodPoll() {
    store.champion("SPY", 300);
    start();
    assertThat(board.isStoreAway()).isFalse();

    storage.before(
        request -> {
          throw new StorageException("away");
        });
    soon().until(board::isStoreAway);
    assertThat(up(SPY)).isEqualTo(300);
    assertThat(board.isTroubled(SPY)).isFalse();

    storage.before(request -> {});
    store.champion("SPY", 400);
    soon().until(() -> up(SPY) == 400);
    soon().until(() -> !board.isStoreAway());
    assertThat(failures).as("one outage").hasValue(1);
  }

  @Test
  void aFaultOfTheProgramIsReportedAsAStoreThatIsAway() {
    store.champion("SPY", 300);
    start();

    storage.before(
        request -> {
          throw new IllegalStateException("a fault");
        });
    soon().until(board::isStoreAway);
    assertThat(up(SPY)).isEqualTo(300);

    storage.before(request -> {});
    soon().until(() -> !board.isStoreAway());
    assertThat(failures).as("one outage").hasValue(1);
  }

  @Test
  void aStoreThatHangsIsAwayAndGetsNoSecondRequest() {
    store.champion("SPY", 300);
    start();
    AtomicInteger waiting = new AtomicInteger();
    storage.before(
        request -> {
          waiting.incrementAndGet();
          awaitEnd();
        });

    soon().until(board::isStoreAway);
    assertThat(waiting).hasValue(1);
    assertThat(board.of(SPY)).isPresent();

    ended.countDown();
    soon().until(() -> !board.isStoreAway());
  }

  @Test
  void aStoreThatIsAwayAtTheStartIsReadWhenItComesBack() {
    store.champion("SPY", 300);
    storage.before(
        request -> {
          throw new StorageException("away");
        });
    start();
    assertThat(board.isComplete()).isFalse();
    assertThat(board.isStoreAway()).isTrue();

    storage.before(request -> {});

    soon().until(() -> board.of(SPY).isPresent());
    soon().until(board::isComplete);
  }

  @Test
  void aStoreThatIsListedButCannotBeReadGetsFewRequests() {
    for (int i = 0; i < 50; i++) {
      store.champion("T" + i, 300);
    }
    AtomicInteger reads = new AtomicInteger();
    storage.before(
        request -> {
          if (request.startsWith("read")) {
            reads.incrementAndGet();
            throw new StorageException("away");
          }
        });
    start();

    assertThat(board.isStoreAway()).isTrue();
    assertThat(board.isComplete()).isFalse();
    storage.before(request -> {});
    soon().until(() -> !board.isStoreAway() && board.tickers().size() >= 47);
  }

  @Test
  void thousandTickersThatDoNotChangeTakeTwoRequestsAPoll() {
    for (int i = 0; i < 1000; i++) {
      store.champion("T" + i, 300);
    }
    store.champion("SPY", 300);
    List<String> requests = new CopyOnWriteArrayList<>();
    storage.before(requests::add);
    start();
    assertThat(requests)
        .as("the default ticker first")
        .element(2)
        .isEqualTo("read champions/SPY.json");
    assertThat(requests.stream().filter(each -> each.startsWith("read ")))
        .as("five objects of every ticker")
        .hasSize(5 * 1001);

    requests.clear();
    soon().until(() -> requests.size() >= 10);
    assertThat(requests)
        .allMatch(each -> each.equals("list champions/") || each.equals("list latest/"));

    storage.before(request -> {});
    store.champion("T7", 400);
    List<String> after = new CopyOnWriteArrayList<>();
    storage.before(after::add);
    soon().until(() -> up(Ticker.of("T7")) == 400);
    assertThat(after).noneMatch(each -> each.startsWith("read") && !each.contains("/T7"));
  }

  @Test
  void aTickerOfTheOlderLayoutIsTroubledUntilItIsMoved() {
    CopyOnWriteArrayList<Ticker> old = new CopyOnWriteArrayList<>(List.of(SPY));
    StorePoller ofOld =
        new StorePoller(
            new FollowedStore(new ModelStore(storage), PERIOD, SPY, () -> old), board, listener);
    try {
      ofOld.start();
      ofOld.awaitFirstLook(Duration.ofSeconds(30));
      assertThat(board.isTroubled(SPY)).isTrue();
      assertThat(failures).hasValue(1);

      old.clear();
      store.champion("SPY", 300);

      soon().until(() -> board.of(SPY).isPresent() && !board.isTroubled(SPY));
    } finally {
      ofOld.close();
    }
  }

  /** Probability of UP on the board, in thousandths. */
  private long up(Ticker ticker) {
    return Math.round(1000 * board.of(ticker).orElseThrow().probabilityUp());
  }

  private void start() {
    poller.start();
    poller.awaitFirstLook(Duration.ofSeconds(30));
  }

  private void awaitEnd() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ConditionFactory soon() {
    return await().pollInterval(Duration.ofMillis(10)).atMost(Duration.ofSeconds(20));
  }
}
