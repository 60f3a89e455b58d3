package mlopsprimer.trainer.source;

import com.google.auto.service.AutoService;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.DataSource;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.prices.TradingCalendar;

/**
 * Synthetic prices, for a machine without a network. They are a random walk whose volatility
 * clusters (GARCH(1,1), Bollerslev 1986). Each return partly reverses the previous one, so that a
 * forest can learn something. Each ticker has its own walk. The price of a day depends on the
 * ticker and the day only, so a later series is the earlier series with more rows at the end.
 */
public final class SamplePriceSource implements PriceSource {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final LocalDate FIRST_DAY = LocalDate.of(2015, 1, 2);
  private static final double DRIFT = 0.0003;
  private static final double REVERSION = -0.15;
  private static final double CALM = 0.01;

  /** Opens the source {@code sample}. */
  @AutoService(PriceSourceFactory.class)
  public static final class Factory implements PriceSourceFactory {
    @Override
    public String name() {
      return DataSource.SAMPLE.name();
    }

    @Override
    public PriceSource open(Optional<String> argument, SourceSettings settings) {
      return new SamplePriceSource(settings.clock());
    }
  }

  private final Clock clock;

  public SamplePriceSource(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return DataSource.SAMPLE.name();
  }

  @Override
  public PriceSeries fetch(PriceRequest request) {
    Instant now = clock.instant();
    Random random = new Random(request.ticker().symbol().hashCode());
    TradingCalendar calendar = TradingCalendar.NYSE;
    List<DailyPrice> rows = new ArrayList<>();
    double close = 100;
    double lastReturn = 0;
    double variance = CALM * CALM;
    for (LocalDate day = FIRST_DAY;
        !calendar.closeOf(day, NEW_YORK).isAfter(now);
        day = calendar.nextSession(day)) {
      double shock = StrictMath.sqrt(variance) * random.nextGaussian();
      double change = DRIFT + REVERSION * lastReturn + shock;
      double open = close * StrictMath.exp(change * random.nextDouble());
      close *= StrictMath.exp(change);
      double spread = 1 + StrictMath.abs(shock) * random.nextDouble();
      double volume = Math.rint(1e6 * StrictMath.exp(0.3 * random.nextGaussian()));
      double high = Math.max(open, close) * spread;
      double low = Math.min(open, close) / spread;
      rows.add(new DailyPrice(day, open, high, low, close, close, volume));
      variance = 0.05 * CALM * CALM + 0.10 * shock * shock + 0.85 * variance;
      lastReturn = change;
    }
    return new PriceSeries(request.ticker(), DataSource.SAMPLE, NEW_YORK, calendar, rows);
  }
}
