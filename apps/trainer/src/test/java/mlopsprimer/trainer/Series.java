package mlopsprimer.trainer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import mlopsprimer.contract.Ticker;
import mlopsprimer.features.FeatureTable;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.trainer.source.PriceRequest;
import mlopsprimer.trainer.source.SamplePriceSource;

/** Synthetic prices to test with. */
public final class Series {
  public static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

  private Series() {}

  /** Two to twelve years of daily prices up to Friday, 2026-11-20. */
  public static PriceSeries years(int years, String ticker) {
    PriceRequest request =
        new PriceRequest(
            Ticker.of(ticker),
            Period.ofYears(years),
            Optional.empty(),
            false,
            Duration.ofSeconds(1));
    return new SamplePriceSource(CLOCK).fetch(request).lastOf(request.history());
  }

  public static FeatureTable table() {
    return FeatureTable.of(years(3, "SPY"));
  }
}
