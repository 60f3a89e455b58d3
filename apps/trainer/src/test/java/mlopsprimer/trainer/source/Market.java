package mlopsprimer.trainer.source;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import mlopsprimer.contract.Ticker;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.prices.TradingCalendar;

/** A quiet market on a Saturday: 300 sessions, both changes to and from summer time among them. */
final class Market {
  static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  static final Ticker SPY = Ticker.of("SPY");
  static final LocalDate FRIDAY = LocalDate.of(2024, 11, 15);
  static final Instant SATURDAY = Instant.parse("2024-11-16T12:00:00Z");
  static final Clock CLOCK = Clock.fixed(SATURDAY, ZoneOffset.UTC);
  static final int SESSIONS = 300;

  private Market() {}

  /** Sessions up to Friday, 2024-11-15. */
  static List<DailyPrice> walk() {
    List<LocalDate> days = new ArrayList<>();
    for (LocalDate day = FRIDAY; days.size() < SESSIONS; day = day.minusDays(1)) {
      if (TradingCalendar.NYSE.isOpen(day)) {
        days.add(0, day);
      }
    }
    Random random = new Random(1);
    List<DailyPrice> rows = new ArrayList<>();
    double close = 400;
    for (LocalDate day : days) {
      double open = close;
      close *= 1 + 0.01 * random.nextGaussian();
      double high = Math.max(open, close) * 1.001;
      double low = Math.min(open, close) * 0.999;
      rows.add(
          new DailyPrice(day, open, high, low, close, close * 0.98, 1e6 + random.nextInt(1000)));
    }
    return rows;
  }

  static PriceSeries series(String source) {
    return new PriceSeries(SPY, source, NEW_YORK, walk());
  }

  static PriceRequest request() {
    return request(Duration.ofSeconds(20));
  }

  static PriceRequest request(Duration patience) {
    return new PriceRequest(SPY, Period.ofYears(1), Optional.empty(), false, patience);
  }
}
