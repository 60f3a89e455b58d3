package mlopsprimer.api.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import mlopsprimer.api.StoreFixture;
import mlopsprimer.contract.StorageLocation;
import mlopsprimer.contract.Ticker;
import mlopsprimer.storage.S3Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scrapes while what is served changes again and again. */
class MetricsDuringChangesTest {
  private static final Ticker SPY = Ticker.of("SPY");
  private static final int SCRAPES = 500;

  @TempDir Path root;

  @Test
  void everyScrapeHasEachSeriesOnce() throws Exception {
    new StoreFixture(root).champion("SPY", 300);
    Metrics metrics = new Metrics();
    Board board = new Board();
    S3Options none = new S3Options(Optional.empty(), "us-east-1", false);
    try (StorePoller poller =
        new StorePoller(
            FollowedStore.open(new StorageLocation.Directory(root), none, SPY), board, metrics)) {
      poller.start();
      poller.awaitFirstLook(Duration.ofSeconds(30));
    }
    AtomicBoolean isOver = new AtomicBoolean();
    Thread changes =
        new Thread(
            () -> {
              while (!isOver.get()) {
                metrics.changed(board);
              }
            });
    changes.start();
    try {
      for (int i = 0; i < SCRAPES; i++) {
        assertThat(metrics.scrape().lines())
            .filteredOn(line -> line.startsWith("primer_model_trained_timestamp_seconds{"))
            .hasSize(1);
      }
    } finally {
      isOver.set(true);
      changes.join();
    }
  }
}
