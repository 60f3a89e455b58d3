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
import mlopsprimer.contract.Exchange;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.DataSource;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.prices.TradingCalendar;

/**
 * Synthetic prices, for a machine without a network. They are a random walk whose volatility
 * clusters (GARCH(1,1), Bollerslev 1986). Each return partly reverses the previous one, so that a
 * forest can learn something. Each ticker has its own walk, on the sessions of its exchange. The
 * price of a day depends on the ticker and the day only, so a later series is the earlier series
 * with more rows at the end.
 */
public final class SamplePriceSource implements PriceSource {
  private static final LocalDate BEFORE_FIRST_DAY = LocalDate.of(2015, 1, 1);
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
      return new SamplePriceSource(ExchangeChoice.of(settings), settings.clock());
    }
  }

  private final ExchangeChoice choice;
  private final Clock clock;

  public SamplePriceSource(Clock clock) {
    this(ExchangeChoice.AUTO, clock);
  }

  SamplePriceSource(ExchangeChoice choice, Clock clock) {
    this.choice = choice;
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
    Exchange exchange = choice.ofSymbol(request.ticker());
    ZoneId zone = exchange.zone();
    TradingCalendar calendar = TradingCalendar.of(exchange);
    List<DailyPrice> rows = new ArrayList<>();
    double close = 100;
    double lastReturn = 0;
    double variance = CALM * CALM;
    for (LocalDate day = calendar.nextSession(BEFORE_FIRST_DAY);
        !calendar.closeOf(day, zone).isAfter(now);
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
    return new PriceSeries(request.ticker(), DataSource.SAMPLE, zone, calendar, rows);
  }
}
