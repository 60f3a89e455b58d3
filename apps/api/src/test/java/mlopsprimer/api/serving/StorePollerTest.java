package mlopsprimer.api.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import mlopsprimer.api.StoreFixture;
import mlopsprimer.contract.StorageLocation;
import mlopsprimer.contract.Ticker;
import mlopsprimer.storage.S3Options;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The work of the poller, counted. */
class StorePollerTest {
  private static final int TICKERS = 60;
  private static final S3Options AMAZON = new S3Options(Optional.empty(), "us-east-1", false);
  private static final Duration AT_MOST = Duration.ofSeconds(30);

  @TempDir Path root;
  private final Board board = new Board();
  private final Reports reports = new Reports();
  private StoreFixture store;
  private StorePoller poller;

  /** Counts what the poller reports. */
  private static final class Reports implements PollListener {
    private final List<Integer> sizes = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();

    @Override
    public void reloadFailed() {
      failures.incrementAndGet();
    }

    @Override
    public void changed(Board board) {
      sizes.add(board.tickers().size());
    }
  }

  @BeforeEach
  void fill() {
    store = new StoreFixture(root);
    for (int i = 0; i < TICKERS; i++) {
      store.champion("T" + i, 300);
    }
    poller =
        new StorePoller(
            FollowedStore.open(new StorageLocation.Directory(root), AMAZON, Ticker.of("T5")),
            board,
            reports);
  }

  @AfterEach
  void stop() {
    poller.close();
  }

  @Test
  void theTickersOfAStoreAreReportedOnceAndNotOncePerTicker() {
    poller.start();
    poller.awaitFirstLook(AT_MOST);

    assertThat(board.tickers()).hasSize(TICKERS);
    assertThat(reports.sizes).containsExactly(TICKERS);
  }

  @Test
  void aPassThatReadsNoTickerAgainIsNotReported() {
    poller.start();
    poller.awaitFirstLook(AT_MOST);

    store.champion("NEW", 300);

    await().atMost(Duration.ofSeconds(5)).until(() -> reports.sizes.contains(TICKERS + 1));
    // The poller may see the files of a new champion in three passes, one after the other.
    assertThat(reports.sizes).hasSizeBetween(2, 4);
  }

  @Test
  void damagedTickersAreCountedOneByOneAndReportedTogether() throws Exception {
    store.damage("T1", store.champion("T1", 400));
    store.damage("T2", store.champion("T2", 400));

    poller.start();
    poller.awaitFirstLook(AT_MOST);

    assertThat(reports.failures).hasValue(2);
    assertThat(reports.sizes).containsExactly(TICKERS);
  }
}
