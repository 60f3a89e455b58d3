package mlopsprimer.api.registry;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import mlopsprimer.contract.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks MLflow for the aliases of all tickers again and again, in a thread of its own. While MLflow
 * is away, what was named last stays, and the time between two questions doubles up to {@link
 * #LONGEST}.
 */
final class AliasPoller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AliasPoller.class);

  /** Longest time between two questions. An MLflow that comes back is noticed within this time. */
  static final Duration LONGEST = Duration.ofSeconds(10);

  /** Time after which the tags of a model version that named no stored version are read again. */
  private static final Duration RETRY = Duration.ofSeconds(30);

  private final AliasSource source;
  private final AliasBoard board;
  private final Duration period;
  private final Runnable onNews;
  private final Map<Ticker, Long> readAtNanos = new HashMap<>();
  private final CountDownLatch looked = new CountDownLatch(1);
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "mlflow-poller");
            thread.setDaemon(true);
            return thread;
          });
  private int failures;

  /**
   * @param period time between two questions
   * @param onNews is called after a poll that brought news; it must not wait
   */
  AliasPoller(AliasSource source, AliasBoard board, Duration period, Runnable onNews) {
    this.source = source;
    this.board = board;
    this.period = period;
    this.onNews = onNews;
  }

  void start() {
    askIn(Duration.ZERO);
  }

  /** Waits for the first answer, so that it counts in the first forecast, but not for long. */
  void awaitFirstLook(Duration patience) {
    try {
      boolean unused = looked.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for MLflow's first answer", e);
    }
  }

  private void askIn(Duration delay) {
    if (!executor.isShutdown()) {
      ScheduledFuture<?> unused =
          executor.schedule(this::ask, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void ask() {
    try {
      poll();
      back();
    } catch (RuntimeException | Error e) { // the next question may be answered
      if (!executor.isShutdown()) {
        away(e);
      }
    } finally {
      looked.countDown();
      askIn(pause());
    }
  }

  /** Time until the next question. */
  private Duration pause() {
    Duration doubled = period.multipliedBy(1L << Math.min(failures, 10));
    return failures == 0 || doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
  }

  private void poll() {
    List<Alias> aliases = source.aliases();
    Set<Ticker> gone = new HashSet<>(board.named());
    long end = System.nanoTime() + period.toNanos();
    boolean isNews = false;
    try {
      for (Alias alias : aliases) {
        gone.remove(alias.ticker());
        // The next poll reads the tags that this one had no time for.
        isNews |= (isKnown(alias) || System.nanoTime() - end < 0) && follow(alias);
      }
      gone.forEach(board::remove);
      isNews |= !gone.isEmpty();
    } finally {
      if (isNews) {
        onNews.run();
      }
    }
  }

  /** Takes note of an alias and tells whether it is news. */
  private boolean follow(Alias alias) {
    Ticker ticker = alias.ticker();
    Optional<NamedVersion> before = board.named(ticker);
    NamedVersion now;
    if (isKnown(alias)) {
      now = before.orElseThrow().as(alias);
    } else {
      now = source.version(alias);
      readAtNanos.put(ticker, System.nanoTime());
    }
    board.setNamed(ticker, now);
    return !before.equals(Optional.of(now));
  }

  /**
   * Whether the tags of the model version need not be read. A person can edit the tags, so they are
   * read every time the alias moves, and again and again while they lead to no version of the
   * store.
   */
  private boolean isKnown(Alias alias) {
    Optional<NamedVersion> before = board.named(alias.ticker());
    if (!before.map(NamedVersion::number).equals(Optional.of(alias.number()))) {
      return false;
    }
    boolean isProblem =
        !before.get().isUsable()
            || board.use(alias.ticker()).filter(AliasUse::isProblem).isPresent();
    return !isProblem || System.nanoTime() - readAtNanos.get(alias.ticker()) <= RETRY.toNanos();
  }

  private void away(Throwable cause) {
    failures++;
    if (!board.isAway()) {
      board.setAway(true);
      LOG.atWarn()
          .setCause(cause instanceof RegistryAwayException ? null : cause)
          .addKeyValue("cause", cause.getMessage())
          .log("mlflow-away");
    }
  }

  private void back() {
    failures = 0;
    if (board.isAway()) {
      board.setAway(false);
      LOG.atInfo().addKeyValue("aliases", board.named().size()).log("mlflow-back");
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
