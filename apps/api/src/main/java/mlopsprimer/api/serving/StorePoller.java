package mlopsprimer.api.serving;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import mlopsprimer.contract.Ticker;
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
public final class StorePoller implements AutoCloseable {
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
  private final CountDownLatch looked = new CountDownLatch(1);
  private boolean listed = true;

  /**
   * @param problem why the store's state of that stamp is not served as it is; empty if it is
   */
  private record Seen(String stamp, String problem, long at) {
    boolean isSettled(String newStamp) {
      boolean old = System.nanoTime() - at > RETRY.toNanos();
      return stamp.equals(newStamp) && (problem.isEmpty() || !old);
    }

    /** Told once, however often it is tried again. */
    boolean isSame(String newStamp, String newProblem) {
      return stamp.equals(newStamp) && problem.isEmpty() == newProblem.isEmpty();
    }
  }

  public StorePoller(ModelStore store, Board board, double threshold, Metrics metrics) {
    this.store = store;
    this.board = board;
    this.threshold = threshold;
    this.metrics = metrics;
  }

  /** Looks for the first time, in the background, and goes on looking until closed. */
  public void start() {
    ScheduledFuture<?> unused =
        executor.scheduleWithFixedDelay(this::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Returns when a good store is served, so that the first request finds it. */
  public void awaitFirstLook() {
    try {
      looked.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the store is read", e);
    }
  }

  private void look() {
    try {
      poll();
    } catch (Error e) { // a scheduled task that throws is never run again
      LOG.error("event=poll-failed", e);
    } finally {
      board.setComplete();
      looked.countDown();
    }
  }

  private void poll() {
    for (Ticker ticker : followed()) {
      try {
        follow(store.ticker(ticker));
      } catch (RuntimeException e) { // nothing may end the polling, or keep it from the others
        LOG.error("event=poll-failed ticker={}", ticker, e);
      }
    }
  }

  /** The store's tickers, and those that are on the board though their directory may be gone. */
  private Set<Ticker> followed() {
    Set<Ticker> all = board.known();
    try {
      all.addAll(store.tickers());
      listed = true;
    } catch (StorageException e) { // a volume that is away now may be back the next time
      if (listed) {
        metrics.reloadFailed();
        LOG.error("event=poll-failed cause=\"{}\"", e.getMessage());
      }
      listed = false;
    }
    return all;
  }

  private void follow(TickerStore tickerStore) {
    Ticker ticker = tickerStore.ticker();
    String stamp = stamp(tickerStore);
    Seen before = seen.get(ticker);
    if (before != null && before.isSettled(stamp)) {
      return;
    }
    String problem = reload(tickerStore);
    if (!problem.isEmpty() && (before == null || !before.isSame(stamp, problem))) {
      metrics.reloadFailed();
      LOG.error(
          "event=reload-failed ticker={} serving={} cause=\"{}\"",
          ticker,
          board.of(ticker).map(served -> served.forecast().version()).orElse("none"),
          problem);
    }
    seen.put(ticker, new Seen(stamp, problem, System.nanoTime()));
    board.setTroubled(ticker, !problem.isEmpty());
    metrics.serving(board);
  }

  private static String stamp(TickerStore tickerStore) {
    try {
      return tickerStore.stamp();
    } catch (StorageException e) {
      return "cannot be read"; // not the message, whose free space changes all the time
    }
  }

  /** Empty if what the store says is served now. */
  private String reload(TickerStore tickerStore) {
    Ticker ticker = tickerStore.ticker();
    try {
      Optional<Forecast> champion = ForecastLoader.champion(tickerStore);
      champion.ifPresent(forecast -> serve(ticker, forecast));
      return champion.isPresent() || board.of(ticker).isEmpty()
          ? ""
          : "champion.json is gone; restore the store or train again";
    } catch (RuntimeException e) { // files can be wrong in more ways than their reader names
      boolean good = board.of(ticker).map(served -> !served.forecast().degraded()).orElse(false);
      if (!good) {
        ForecastLoader.substitute(tickerStore).ifPresent(forecast -> serve(ticker, forecast));
      }
      return String.valueOf(e.getMessage());
    }
  }

  private void serve(Ticker ticker, Forecast forecast) {
    if (board.of(ticker).map(Served::forecast).filter(forecast::equals).isPresent()) {
      return;
    }
    board.put(ticker, new Served(forecast, threshold));
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
