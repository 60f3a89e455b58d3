package mlopsprimer.prices;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import mlopsprimer.contract.Ticker;

/** Random walks to test with. */
public final class Walks {
  private Walks() {}

  /** {@code sessions} New York sessions from 2015 on. */
  public static PriceSeries walk(int sessions, long seed) {
    Random random = new Random(seed);
    List<DailyPrice> rows = new ArrayList<>();
    LocalDate day = LocalDate.of(2015, 1, 2);
    double close = 100;
    for (int i = 0; i < sessions; i++) {
      close *= Math.exp(0.01 * random.nextGaussian());
      rows.add(
          new DailyPrice(
              day, close, close * 1.01, close / 1.01, close, close, 1e6 + random.nextInt(500_000)));
      day = TradingCalendar.NYSE.nextSession(day);
    }
    return of(rows);
  }

  public static PriceSeries of(List<DailyPrice> rows) {
    return new PriceSeries(Ticker.of("TEST"), "test", ZoneId.of("America/New_York"), rows);
  }

  /** The row with another adjusted close and volume. */
  public static DailyPrice with(DailyPrice row, double adjustedClose, double volume) {
    return new DailyPrice(
        row.day(), row.open(), row.high(), row.low(), row.close(), adjustedClose, volume);
  }
}
