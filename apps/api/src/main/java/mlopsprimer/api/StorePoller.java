package mlopsprimer.api;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import mlopsprimer.forest.CorruptModelException;
import mlopsprimer.prices.Ticker;
import mlopsprimer.store.ModelStore;
import mlopsprimer.store.StorageException;
import mlopsprimer.store.TickerStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the store: twice a second it looks whether a pointer or a row has changed, and puts what
 * it then reads on the board. What cannot be read leaves the board as it is, for an old answer is
 * better than none; where there is none, the next best version is served as degraded.
 */
final class StorePoller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StorePoller.class);

  /** Polled, because a volume that other nodes write to sends no notifications. */
  private static final Duration PERIOD = Duration.ofMillis(500);

  /** A file may be mended without its pointer changing. */
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final ModelStore store;
  private final Board board;
  private final double threshold;
  private final Metrics metrics;
  private final Map<Ticker, Seen> seen = new HashMap<>();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "store-poller");
            thread.setDaemon(true);
            return thread;
          });
  private String lastTrouble = "";

  /**
   * @param problem why the store's state of that stamp is not served as it is; empty if it is
   */
  private record Seen(String stamp, String problem, long at) {
    boolean isSettled(String newStamp) {
      boolean old = System.nanoTime() - at > RETRY.toNanos();
      return stamp.equals(newStamp) && (problem.isEmpty() || !old);
    }
  }

  StorePoller(ModelStore store, Board board, double threshold, Metrics metrics) {
    this.store = store;
    this.board = board;
    this.threshold = threshold;
    this.metrics = metrics;
  }

  /** Looks once, so that a good store is served from the first request on, then goes on looking. */
  void start() {
    poll();
    ScheduledFuture<?> unused =
        executor.scheduleWithFixedDelay(
            this::poll, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void poll() {
    try {
      for (Ticker ticker : store.tickers()) {
        poll(store.ticker(ticker));
      }
      lastTrouble = "";
    } catch (RuntimeException e) {
      // Nothing may end the polling: a volume that is away now may be back the next time.
      if (!String.valueOf(e.getMessage()).equals(lastTrouble)) {
        lastTrouble = String.valueOf(e.getMessage());
        metrics.reloadFailed();
        LOG.error("event=poll-failed cause=\"{}\"", lastTrouble);
      }
    }
  }

  private void poll(TickerStore ticker) {
    String stamp = ticker.stamp();
    Seen before = seen.get(ticker.ticker());
    if (before != null && before.isSettled(stamp)) {
      return;
    }
    String problem = reload(ticker);
    boolean news =
        before == null || !before.stamp().equals(stamp) || !before.problem().equals(problem);
    if (news && !problem.isEmpty()) {
      metrics.reloadFailed();
      LOG.error(
          "event=reload-failed ticker={} serving={} cause=\"{}\"",
          ticker.ticker(),
          board.of(ticker.ticker()).map(served -> served.forecast().version()).orElse("none"),
          problem);
    }
    seen.put(ticker.ticker(), new Seen(stamp, problem, System.nanoTime()));
  }

  /** Empty if the champion is served now. */
  private String reload(TickerStore ticker) {
    try {
      ForecastLoader.champion(ticker).ifPresent(forecast -> serve(ticker.ticker(), forecast));
      return "";
    } catch (CorruptModelException | StorageException e) {
      if (board.of(ticker.ticker()).isEmpty()) {
        Optional<Forecast> substitute = ForecastLoader.substitute(ticker);
        substitute.ifPresent(forecast -> serve(ticker.ticker(), forecast));
      }
      return String.valueOf(e.getMessage());
    }
  }

  private void serve(Ticker ticker, Forecast forecast) {
    board.put(ticker, new Served(forecast, threshold));
    metrics.serving(board);
    LOG.info(
        "event=serving ticker={} version={} asOf={} probabilityUp={} degraded={}",
        ticker,
        forecast.version(),
        forecast.asOf(),
        forecast.probabilityUp(),
        forecast.degraded());
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
