package mlopsprimer.trainer.source;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import mlopsprimer.contract.TrainerSettings;
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

  /** Sends the default user agent, without a proxy. */
  static YahooExchange exchange(Duration connect, Duration wholeBody) {
    return new YahooExchange(
        connect, wholeBody, TrainerSettings.USER_AGENT.defaultText(), Map.of());
  }

  /**
   * @param wholeBody the deadline of one attempt
   * @param firstDelay longest delay before the second attempt
   */
  static YahooPriceSource source(
      URI url, Duration wholeBody, Duration firstDelay, RandomGenerator random) {
    YahooExchange exchange = exchange(Duration.ofSeconds(5), wholeBody);
    return new YahooPriceSource(
        List.of(url), new YahooClient(exchange, firstDelay, random), Market.CLOCK);
  }
}
