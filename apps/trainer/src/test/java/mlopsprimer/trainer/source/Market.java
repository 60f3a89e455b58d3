package mlopsprimer.trainer.source;

import java.io.IOException;
import java.io.StringReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.contract.Ticker;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.DataSource;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.prices.SeriesNotes;
import mlopsprimer.prices.TradingCalendar;

/**
 * Prices for the tests of the sources: 300 sessions up to Friday, 2024-11-15, which include both
 * changes of summer time. The clock of the tests stands at the Saturday after that Friday.
 */
final class Market {
  static final ZoneId NEW_YORK = Prices.NEW_YORK;
  static final Ticker SPY = Prices.SPY;
  static final LocalDate FRIDAY = LocalDate.of(2024, 11, 15);
  static final Instant SATURDAY = Instant.parse("2024-11-16T12:00:00Z");
  static final Clock CLOCK = Clock.fixed(SATURDAY, ZoneOffset.UTC);
  static final int SESSIONS = 300;

  private Market() {}

  static List<DailyPrice> walk() {
    return Prices.walk(FRIDAY, SESSIONS, 1);
  }

  /** The series of a source. Yahoo says that there is no split. */
  static PriceSeries series(String source) {
    PriceSeries series = Prices.series(new DataSource(source), walk());
    return source.equals("yahoo") ? withSplits(series, Map.of()) : series;
  }

  /** The series of a source that lists splits. */
  static PriceSeries withSplits(PriceSeries series, Map<LocalDate, Double> splits) {
    return series.withNotes(new SeriesNotes(List.of(), Optional.of(splits)));
  }

  /** Reads a file as on the Saturday of the tests. */
  static PriceSeries read(String csv) throws IOException {
    return CsvTable.read(new StringReader(csv), "prices.csv", SPY)
        .toSeries(
            request(), new DataSource("csv:prices.csv"), NEW_YORK, TradingCalendar.NYSE, SATURDAY);
  }

  static PriceRequest request() {
    return request(Duration.ofSeconds(20));
  }

  static PriceRequest request(Duration patience) {
    return request(SPY, patience);
  }

  static PriceRequest request(Ticker ticker) {
    return request(ticker, Duration.ofSeconds(20));
  }

  private static PriceRequest request(Ticker ticker, Duration patience) {
    return new PriceRequest(ticker, Period.ofYears(1), Optional.empty(), false, patience);
  }
}
