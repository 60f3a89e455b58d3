package mlopsprimer.api.serving;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import mlopsprimer.contract.Ticker;
import mlopsprimer.storage.StorageException;
import mlopsprimer.store.PointerTags;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the store: two listings per poll tell which tickers have a new champion or feature row,
 * and only these are read. Their new forecasts go on the board. If the champion is unreadable, the
 * board keeps the old forecast. If the board has no forecast of the ticker, the poller serves
 * another version and marks it as degraded. If the store is away, the board keeps everything and
 * says so; one thread polls, so that polls never pile up.
 */
public final class StorePoller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StorePoller.class);

  /**
   * Time after which a ticker with a problem is read again although its tags have not changed: a
   * repair of model.bin changes neither the champion pointer nor the newest rows.
   */
  private static final Duration RETRY = Duration.ofSeconds(5);

  /** Tickers one after the other that cannot be read, after which the store counts as away. */
  private static final int MOST_FAILURES = 3;

  private final FollowedStore followed;
  private final Board board;
  private final PollListener listener;
  private final ChampionReader champions;
  private final TickerReader reader;
  private final Map<Ticker, Seen> seen = new HashMap<>();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "store-poller");
            thread.setDaemon(true);
            return thread;
          });
  private final CountDownLatch looked = new CountDownLatch(1);
  private final AtomicBoolean isAsked = new AtomicBoolean();
  private boolean isAway;

  /**
   * What the poller found when it last read the objects of a ticker.
   *
   * @param atNanos {@link System#nanoTime} of the reading
   */
  private record Seen(PointerTags tags, ReadOutcome outcome, long atNanos) {
    boolean isSettled(PointerTags newTags) {
      boolean isOld = System.nanoTime() - atNanos > RETRY.toNanos();
      return tags.equals(newTags) && (!outcome.isProblem() || !isOld);
    }

    /** Whether the problem of these tags was logged before, and must not be logged again. */
    boolean isReported(PointerTags newTags) {
      return tags.equals(newTags) && outcome.isProblem();
    }
  }

  public StorePoller(FollowedStore followed, Board board, PollListener listener) {
    this(followed, board, listener, ChampionReader.BY_POINTER);
  }

  /**
   * @param champions decides which version of a ticker is served
   */
  public StorePoller(
      FollowedStore followed, Board board, PollListener listener, ChampionReader champions) {
    this.followed = followed;
    this.board = board;
    this.listener = listener;
    this.champions = champions;
    this.reader = new TickerReader(board, champions);
  }

  /** Starts to read the store in the background. The reading ends with {@link #close}. */
  public void start() {
    ScheduledFuture<?> unused =
        executor.scheduleWithFixedDelay(
            this::look, 0, followed.period().toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Polls as soon as possible instead of at the end of the period, for a {@link ChampionReader}
   * that is not settled. The method does not wait, and any number of calls ask for one poll.
   */
  public void pollSoon() {
    if (!executor.isShutdown() && isAsked.compareAndSet(false, true)) {
      executor.execute(
          () -> {
            isAsked.set(false);
            look();
          });
    }
  }

  /**
   * Waits until the whole store has been read once, so that the first request finds a forecast, but
   * no longer than {@code patience}, because the store may be away.
   */
  public void awaitFirstLook(Duration patience) {
    try {
      boolean unused = looked.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "interrupted while waiting for the first reading of the store", e);
    }
  }

  private void look() {
    try {
      poll();
    } catch (StorageException e) {
      away(e.getMessage());
    } catch (RuntimeException | Error e) { // a scheduled task that throws never runs again
      if (!isAway) {
        LOG.atError().setCause(e).log("poll-failed");
      }
      away(e.toString());
    } finally {
      looked.countDown();
    }
  }

  private void poll() {
    Map<Ticker, PointerTags> tags = followed.store().tags();
    Set<Ticker> ofOldLayout = new HashSet<>(followed.ofOldLayout().get());
    board.contact().heard();
    boolean changed = false;
    ReadOutcome last = ReadOutcome.GOOD;
    int failures = 0;
    for (Ticker ticker : inOrder(tags.keySet(), ofOldLayout)) {
      PointerTags now = tags.getOrDefault(ticker, PointerTags.NONE);
      if (isSettled(ticker, now)) {
        continue;
      }
      last = follow(ticker, now, ofOldLayout.contains(ticker));
      changed = true;
      failures = last.isStorage() ? failures + 1 : 0;
      if (failures == MOST_FAILURES) {
        break;
      }
      board.contact().heard();
    }
    if (changed) {
      listener.changed(board);
    }
    if (failures == MOST_FAILURES) {
      away(last.problem());
    } else {
      board.setComplete();
      back();
    }
  }

  private void away(String cause) {
    board.contact().passed(true);
    if (!isAway) {
      listener.reloadFailed();
      LOG.atError()
          .addKeyValue("serving", board.tickers().size())
          .addKeyValue("cause", cause)
          .log("store-away");
    }
    isAway = true;
  }

  private void back() {
    board.contact().passed(false);
    if (isAway) {
      LOG.atInfo().addKeyValue("serving", board.tickers().size()).log("store-back");
    }
    isAway = false;
  }

  /** The tickers of the store and of the board, whose objects may be missing. */
  private Set<Ticker> inOrder(Set<Ticker> listed, Set<Ticker> ofOldLayout) {
    Set<Ticker> sorted = board.known();
    sorted.addAll(listed);
    sorted.addAll(ofOldLayout);
    Set<Ticker> all = new LinkedHashSet<>();
    if (sorted.contains(followed.first())) {
      all.add(followed.first());
    }
    all.addAll(sorted);
    return all;
  }

  private boolean isSettled(Ticker ticker, PointerTags tags) {
    Seen before = seen.get(ticker);
    return before != null && before.isSettled(tags) && champions.isSettled(ticker);
  }

  /** Reads the objects of a ticker again. */
  private ReadOutcome follow(Ticker ticker, PointerTags tags, boolean isOfOldLayout) {
    Seen before = seen.get(ticker);
    ReadOutcome outcome = reader.read(followed.store().ticker(ticker), isOfOldLayout);
    if (outcome.isProblem() && (before == null || !before.isReported(tags))) {
      listener.reloadFailed();
      LOG.atError()
          .addKeyValue("ticker", ticker)
          .addKeyValue("serving", board.of(ticker).map(ServedForecast::version).orElse("none"))
          .addKeyValue("cause", outcome.problem())
          .log("reload-failed");
    }
    seen.put(ticker, new Seen(tags, outcome, System.nanoTime()));
    board.setTroubled(ticker, outcome.isProblem());
    return outcome;
  }

  @Override
  public void close() {
    executor.shutdownNow();
    followed.store().storage().close();
  }
}
