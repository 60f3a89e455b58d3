package mlopsprimer.trainer.source;

import java.net.URI;
import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import mlopsprimer.prices.PriceSeries;

/** A Yahoo source with short delays, for tests. */
final class YahooFixture {
  static final Duration QUICK = Duration.ofMillis(10);
  static final Duration LONG = Duration.ofSeconds(10);

  private YahooFixture() {}

  static PriceSeries fetch(MisbehavingServer server) {
    return source(server.url(), LONG, QUICK, new Random(1)).fetch(Market.request());
  }

  static PriceSeries fetchFrom(URI url) {
    return source(url, LONG, QUICK, new Random(1)).fetch(Market.request());
  }

  /**
   * @param wholeBody the deadline of one attempt
   * @param firstDelay longest delay before the second attempt
   */
  static YahooPriceSource source(
      URI url, Duration wholeBody, Duration firstDelay, RandomGenerator random) {
    YahooExchange exchange = new YahooExchange(Duration.ofSeconds(5), wholeBody);
    return new YahooPriceSource(url, new YahooClient(exchange, firstDelay, random), Market.CLOCK);
  }
}
