package mlopsprimer.trainer.source;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import mlopsprimer.prices.PriceSeries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets a chart. If a failed attempt may succeed later, the client tries again. It makes at most
 * four attempts. The delays are random parts of 1, 2 and 4 seconds ("full jitter", AWS Architecture
 * Blog 2015), or the delay that the header Retry-After asks for.
 */
final class YahooClient {
  private static final Logger LOG = LoggerFactory.getLogger(YahooClient.class);
  private static final int ATTEMPTS = 4;

  private final YahooExchange exchange;
  private final Duration firstDelay;
  private final RandomGenerator random;
  private final RequestPace pace;

  YahooClient(YahooExchange exchange, Duration firstDelay, RandomGenerator random) {
    this(exchange, firstDelay, random, RequestPace.NONE);
  }

  YahooClient(
      YahooExchange exchange, Duration firstDelay, RandomGenerator random, RequestPace pace) {
    this.exchange = exchange;
    this.firstDelay = firstDelay;
    this.random = random;
    this.pace = pace;
  }

  /**
   * @param environment variables that may name a proxy
   */
  static YahooClient withDefaults(
      String userAgent, Map<String, String> environment, RequestPace pace) {
    return new YahooClient(
        new YahooExchange(Duration.ofSeconds(5), Duration.ofSeconds(15), userAgent, environment),
        Duration.ofSeconds(1),
        RandomGenerator.getDefault(),
        pace);
  }

  /**
   * Gets the body and parses it. An answer that is not complete JSON leads to another attempt too.
   *
   * @param urls the URL on each host; each attempt uses the next one
   * @param patience time after which no attempt starts and a running attempt is ended; the wait for
   *     the first attempt, which the pace asks for, does not count
   */
  PriceSeries get(List<URI> urls, Duration patience, Function<String, PriceSeries> parse) {
    awaitPace(urls);
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
                    LOG.atWarn()
                        .addKeyValue("attempt", event.getAttemptCount())
                        .addKeyValue("delay", event.getDelay())
                        .addKeyValue("cause", event.getLastException().getMessage())
                        .log("retry"))
            .build();
    try {
      return Failsafe.with(policy)
          .get(
              context -> {
                if (!context.isFirstAttempt()) {
                  requireTime(deadline - pace.left().toNanos(), context.getLastException());
                  pace.await();
                }
                URI url = urls.get(context.getAttemptCount() % urls.size());
                return parse.apply(exchange.get(url, left(deadline)));
              });
    } catch (FailsafeException e) {
      if (e.getCause() instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new SourceUnreachableException(
          "interrupted while fetching prices: url=" + urls.get(0), e);
    }
  }

  private void awaitPace(List<URI> urls) {
    try {
      pace.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceUnreachableException(
          "interrupted while waiting to fetch prices: url=" + urls.get(0), e);
    }
  }

  /**
   * Throws the last failure if the time is over when the next attempt may start, because the last
   * failure explains more than a timeout.
   */
  private static void requireTime(long latest, Throwable lastFailure) {
    if (System.nanoTime() >= latest && lastFailure instanceof SourceUnreachableException last) {
      throw last;
    }
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
  }

  /**
   * Whether this failure is the last one, because another attempt would fail too, or would start
   * too late.
   */
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
