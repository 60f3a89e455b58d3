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
  private boolean isLeft;

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
    if (failures == 0 && isLeft) {
      return Duration.ZERO;
    }
    Duration doubled = period.multipliedBy(1L << Math.min(failures, 10));
    return failures == 0 || doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
  }

  private void poll() {
    List<Alias> aliases = source.aliases();
    Set<Ticker> gone = new HashSet<>(board.named());
    long end = System.nanoTime() + period.toNanos();
    boolean isNews = false;
    isLeft = false;
    try {
      for (Alias alias : aliases) {
        gone.remove(alias.ticker());
        if (known(alias).isPresent() || System.nanoTime() - end < 0) {
          isNews |= follow(alias);
        } else {
          isLeft = true; // reading more tags would delay the news of other aliases
        }
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
    NamedVersion now =
        known(alias)
            .orElseGet(
                () -> {
                  NamedVersion read = source.version(alias);
                  readAtNanos.put(ticker, System.nanoTime());
                  return read;
                });
    board.setNamed(ticker, now);
    return !before.equals(Optional.of(now));
  }

  /**
   * The version that an alias names, if the tags of the model version need not be read. A person
   * can edit the tags, so they are read every time the alias moves, and again and again while they
   * lead to no version of the store. They are not read while the alias is where the trainer set it.
   */
  private Optional<NamedVersion> known(Alias alias) {
    boolean isOfTrainer = alias.mark().isOf(alias.number());
    Optional<NamedVersion> before = board.named(alias.ticker());
    if (before.isEmpty() && isOfTrainer) {
      return Optional.of(NamedVersion.ofTrainer(alias));
    }
    return before
        .filter(each -> each.number() == alias.number())
        .filter(each -> each.isRead() || isOfTrainer)
        .filter(each -> !isToBeReadAgain(alias.ticker(), each))
        .map(each -> each.with(alias.mark()));
  }

  private boolean isToBeReadAgain(Ticker ticker, NamedVersion version) {
    boolean isProblem =
        !version.isUsable() || board.use(ticker).filter(AliasUse::isProblem).isPresent();
    return isProblem && System.nanoTime() - readAtNanos.getOrDefault(ticker, 0L) > RETRY.toNanos();
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
