package mlopsprimer.trainer.source;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import mlopsprimer.contract.AppPod;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.contract.TrainerSettings;

/**
 * Limits how often this process asks Yahoo. If several processes share a rate, each one waits the
 * same multiple of time between two of its requests, and starts at a moment of its own, so that all
 * together keep the rate.
 */
public final class RequestPace {
  /** A pace that never waits. */
  static final RequestPace NONE = new RequestPace(Duration.ZERO, Duration.ZERO, () -> 0, nap -> {});

  private final Duration interval;
  private final LongSupplier nanoTime;
  private final Sleep sleep;

  /** The time of {@link #nanoTime} before which no request may start. */
  private long next;

  /** How to wait; {@link Thread#sleep} except in tests. */
  @FunctionalInterface
  interface Sleep {
    void forTime(Duration nap) throws InterruptedException;
  }

  /**
   * @param interval least time between two requests
   * @param first least time before the first request
   */
  RequestPace(Duration interval, Duration first, LongSupplier nanoTime, Sleep sleep) {
    this.interval = interval;
    this.nanoTime = nanoTime;
    this.sleep = sleep;
    this.next = nanoTime.getAsLong() + first.toNanos();
  }

  /**
   * The pace of this process.
   *
   * @param environment has the number of this process in an Indexed Job, if it is in one
   */
  public static RequestPace of(SettingValues settings, Map<String, String> environment) {
    return of(
        settings,
        environment,
        System::nanoTime,
        nap -> Thread.sleep(nap.toMillis(), nap.toNanosPart() % 1_000_000));
  }

  static RequestPace of(
      SettingValues settings, Map<String, String> environment, LongSupplier nanoTime, Sleep sleep) {
    int fetchers = settings.get(TrainerSettings.FETCHERS);
    Duration step =
        Duration.ofSeconds(1).dividedBy(settings.get(TrainerSettings.YAHOO_REQUESTS_PER_SECOND));
    String index = environment.getOrDefault(AppPod.INDEX_VARIABLE, "0");
    int place = index.matches("\\d{1,9}") ? Integer.parseInt(index) % fetchers : 0;
    return new RequestPace(step.multipliedBy(fetchers), step.multipliedBy(place), nanoTime, sleep);
  }

  /** Time until the next request may start; zero if it may start now. */
  synchronized Duration left() {
    return Duration.ofNanos(Math.max(0, next - nanoTime.getAsLong()));
  }

  /** Waits until the next request may start, and counts that request. */
  void await() throws InterruptedException {
    Duration left = left();
    if (!left.isZero()) {
      sleep.forTime(left);
    }
    count();
  }

  private synchronized void count() {
    next = Math.max(next, nanoTime.getAsLong()) + interval.toNanos();
  }
}
