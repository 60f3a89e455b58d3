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
 * Follows the store: twice a second it checks every ticker for a new champion or feature row, and
 * puts the new forecast on the board. If the champion is unreadable, the board keeps the old
 * forecast. If the board has no forecast of the ticker, the poller serves another version and marks
 * it as degraded.
 */
public final class StorePoller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StorePoller.class);

  /**
   * Time between two checks. The store is polled because a volume that other nodes write to sends
   * no notifications of changes.
   */
  private static final Duration PERIOD = Duration.ofMillis(500);

  /**
   * Time after which a ticker with a problem is read again although its stamp has not changed: a
   * repair of model.bin changes neither champion.json nor latest.json.
   */
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final ModelStore store;
  private final Board board;
  private final PollListener listener;
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
   * What the poller found when it last read the files of a ticker.
   *
   * @param problem why the champion is not served; empty if it is served
   * @param atNanos {@link System#nanoTime} of the reading
   */
  private record Seen(String stamp, String problem, long atNanos) {
    boolean isSettled(String newStamp) {
      boolean isOld = System.nanoTime() - atNanos > RETRY.toNanos();
      return stamp.equals(newStamp) && (problem.isEmpty() || !isOld);
    }

    /** Whether the problem of this stamp was logged before, and must not be logged again. */
    boolean isReported(String newStamp) {
      return stamp.equals(newStamp) && !problem.isEmpty();
    }
  }

  public StorePoller(ModelStore store, Board board, PollListener listener) {
    this.store = store;
    this.board = board;
    this.listener = listener;
  }

  /** Starts to read the store in the background. The reading ends with {@link #close}. */
  public void start() {
    ScheduledFuture<?> unused =
        executor.scheduleWithFixedDelay(this::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Waits until the whole store has been read once, so that the first request finds a forecast. */
  public void awaitFirstLook() {
    try {
      looked.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "interrupted while waiting for the first reading of the store", e);
    }
  }

  private void look() {
    try {
      poll();
    } catch (RuntimeException | Error e) { // a scheduled task that throws never runs again
      LOG.atError().setCause(e).log("poll-failed");
    } finally {
      board.setComplete();
      looked.countDown();
    }
  }

  private void poll() {
    boolean changed = false;
    for (Ticker ticker : followed()) {
      try {
        changed |= follow(store.ticker(ticker));
      } catch (RuntimeException e) { // a failure of one ticker must not stop the others
        LOG.atError().setCause(e).addKeyValue("ticker", ticker).log("poll-failed");
      }
    }
    if (changed) {
      listener.changed(board);
    }
  }

  /** The tickers in the store, and the tickers on the board whose directory may be missing. */
  private Set<Ticker> followed() {
    Set<Ticker> all = board.known();
    try {
      all.addAll(store.tickers());
      listed = true;
    } catch (StorageException e) { // the volume may be readable again at the next check
      if (listed) {
        listener.reloadFailed();
        LOG.atError().addKeyValue("cause", e.getMessage()).log("poll-failed");
      }
      listed = false;
    }
    return all;
  }

  /** Reads the files of a ticker again if they have changed, and returns whether it read them. */
  private boolean follow(TickerStore tickerStore) {
    Ticker ticker = tickerStore.ticker();
    String stamp = stamp(tickerStore);
    Seen before = seen.get(ticker);
    if (before != null && before.isSettled(stamp)) {
      return false;
    }
    String problem = reload(tickerStore);
    if (!problem.isEmpty() && (before == null || !before.isReported(stamp))) {
      listener.reloadFailed();
      LOG.atError()
          .addKeyValue("ticker", ticker)
          .addKeyValue("serving", board.of(ticker).map(ServedForecast::version).orElse("none"))
          .addKeyValue("cause", problem)
          .log("reload-failed");
    }
    seen.put(ticker, new Seen(stamp, problem, System.nanoTime()));
    board.setTroubled(ticker, !problem.isEmpty());
    return true;
  }

  private static String stamp(TickerStore tickerStore) {
    try {
      return tickerStore.stamp();
    } catch (StorageException e) {
      // The message is not part of the stamp, because it names the free space, which changes often.
      return "unreadable";
    }
  }

  /**
   * Reads the champion and puts its forecast on the board. Returns why the champion is not served;
   * the text is empty if it is served, or if the ticker has no champion.
   */
  private String reload(TickerStore tickerStore) {
    Ticker ticker = tickerStore.ticker();
    try {
      Optional<ServedForecast> champion = ForecastLoader.champion(tickerStore);
      champion.ifPresent(forecast -> serve(ticker, forecast));
      return champion.isPresent() || board.of(ticker).isEmpty()
          ? ""
          : "champion.json is missing; restore the store or train again";
    } catch (RuntimeException e) { // a damaged file can cause any exception
      boolean good = board.of(ticker).map(forecast -> !forecast.degraded()).orElse(false);
      if (!good) {
        ForecastLoader.substitute(tickerStore).ifPresent(forecast -> serve(ticker, forecast));
      }
      return String.valueOf(e.getMessage());
    }
  }

  private void serve(Ticker ticker, ServedForecast forecast) {
    if (board.of(ticker).filter(forecast::equals).isPresent()) {
      return;
    }
    board.put(ticker, forecast);
    LOG.atInfo()
        .addKeyValue("ticker", ticker)
        .addKeyValue("version", forecast.version())
        .addKeyValue("asOf", forecast.asOf())
        .addKeyValue("probabilityUp", forecast.probabilityUp())
        .addKeyValue("degraded", forecast.degraded())
        .log("serving");
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
