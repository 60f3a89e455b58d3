package mlopsprimer.trainer.source;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import mlopsprimer.prices.PriceSeries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets a chart, trying again where that may help: at most four times, after a random part of 1, 2
 * and 4 seconds ("full jitter", AWS Architecture Blog 2015) or after what Retry-After asks for.
 */
final class YahooClient {
  private static final Logger LOG = LoggerFactory.getLogger(YahooClient.class);
  private static final int ATTEMPTS = 4;

  private final YahooExchange exchange;
  private final Duration firstDelay;
  private final RandomGenerator random;

  YahooClient(YahooExchange exchange, Duration firstDelay, RandomGenerator random) {
    this.exchange = exchange;
    this.firstDelay = firstDelay;
    this.random = random;
  }

  static YahooClient withDefaults() {
    return new YahooClient(
        new YahooExchange(Duration.ofSeconds(5), Duration.ofSeconds(15)),
        Duration.ofSeconds(1),
        RandomGenerator.getDefault());
  }

  /**
   * Gets the body and parses it; an answer that does not parse as whole JSON is tried again too.
   *
   * @param patience no attempt starts later, and one that runs is cut off
   */
  PriceSeries get(URI url, Duration patience, Function<String, PriceSeries> parse) {
    long deadline = System.nanoTime() + patience.toNanos();
    RetryPolicy<PriceSeries> policy =
        RetryPolicy.<PriceSeries>builder()
            .handle(SourceUnreachableException.class)
            .abortOn(failure -> isFinal(failure, deadline))
            .withMaxAttempts(ATTEMPTS)
            .withDelayFnOn(
                context -> delay(context.getLastException(), context.getAttemptCount(), deadline),
                SourceUnreachableException.class)
            .onRetryScheduled(
                event ->
                    LOG.warn(
                        "event=retry attempt={} delay={} cause=\"{}\"",
                        event.getAttemptCount(),
                        event.getDelay(),
                        event.getLastException().getMessage()))
            .build();
    try {
      return Failsafe.with(policy)
          .get(
              context -> {
                requireTime(deadline, context.getLastException());
                return parse.apply(exchange.get(url, left(deadline)));
              });
    } catch (FailsafeException e) {
      if (e.getCause() instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new SourceUnreachableException("interrupted: url=" + url, e);
    }
  }

  /** Ends with what went wrong before, which says more than that the time is up. */
  private static void requireTime(long deadline, Throwable lastFailure) {
    if (System.nanoTime() >= deadline && lastFailure instanceof SourceUnreachableException last) {
      throw last;
    }
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
  }

  /** Waiting past the deadline for an answer that comes too late helps nobody. */
  private static boolean isFinal(Throwable failure, long deadline) {
    if (System.nanoTime() >= deadline) {
      return true;
    }
    return failure instanceof RefusedException refused
        && (!refused.mayRetry() || refused.retryAfter().compareTo(left(deadline)) >= 0);
  }

  private Duration delay(Throwable failure, int attempts, long deadline) {
    Duration asked =
        failure instanceof RefusedException refused ? refused.retryAfter() : Duration.ZERO;
    double ceiling = firstDelay.toMillis() * Math.pow(2, attempts - 1.0);
    Duration jittered = Duration.ofMillis((long) (random.nextDouble() * ceiling));
    Duration delay = asked.isZero() ? jittered : asked;
    Duration rest = left(deadline).plusMillis(2); // a sleep may end a little early
    return delay.compareTo(rest) < 0 ? delay : rest;
  }
}
