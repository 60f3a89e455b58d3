package mlopsprimer.prices;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mlopsprimer.contract.Exchange;
import mlopsprimer.contract.Exchanges;
import mlopsprimer.contract.Ticker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MissingSessionsTest {
  @ParameterizedTest
  @CsvSource({
    "XLON, 2026-12-24, 2026-12-29", // Boxing Day is on Monday
    "XTKS, 2026-11-20, 2026-11-24", // Labour Thanksgiving
    "XNYS, 2026-11-25, 2026-11-27", // Thanksgiving
    "24/5, 2026-12-24, 2026-12-28", // no prices on Christmas
    "24/5, 2024-12-31, 2025-01-02"
  })
  void aHolidayOfTheExchangeIsNotMissing(String exchange, String before, String after) {
    assertThat(missing(exchange, before, after)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "XLON, 2026-11-25, 2026-11-27, 2026-11-26", // Thanksgiving in New York
    "XNYS, 2026-11-20, 2026-11-24, 2026-11-23",
    "24/7, 2026-11-20, 2026-11-22, 2026-11-21", // a Saturday
    "24/5, 2026-11-24, 2026-11-26, 2026-11-25", // currencies have no holiday in November
    "24/5, 2026-12-23, 2026-12-28, 2026-12-24" // Christmas Day is not missing
  })
  void aSessionOfTheExchangeIsMissing(
      String exchange, String before, String after, LocalDate missing) {
    assertThat(missing(exchange, before, after)).containsExactly(missing);
  }

  @ParameterizedTest
  @CsvSource({
    "weekdays, 2026-11-16, 2026-11-20, 0", // three weekdays
    "weekdays, 2026-11-16, 2026-11-23, 4",
    "XNSE, 2027-01-25, 2027-01-29, 0", // the table ends with 2026
    "XNSE, 2026-11-24, 2026-11-26, 1"
  })
  void upToThreeWeekdaysMayBeHolidaysThatTheTableLacks(
      String exchange, String before, String after, int count) {
    assertThat(missing(exchange, before, after)).hasSize(count);
  }

  @Test
  void weekdaysThatMayBeHolidaysAreListed() {
    MissingSessions missing =
        MissingSessions.of(series("weekdays", "2026-11-16", "2026-11-18", "2026-11-25"));

    assertThat(missing.possibleHolidays()).containsExactly(LocalDate.of(2026, 11, 17));
    assertThat(missing.days()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"XLON", "24/5", "24/7"})
  void aMarketWhoseHolidaysAreKnownHasNoPossibleHolidays(String exchange) {
    MissingSessions missing = MissingSessions.of(series(exchange, "2026-11-16", "2026-11-18"));

    assertThat(missing.possibleHolidays()).isEmpty();
  }

  @Test
  void theSessionsBeforeEachRowAreCounted() {
    MissingSessions missing =
        MissingSessions.of(series("XNYS", "2026-11-16", "2026-11-17", "2026-11-20"));

    assertThat(missing.before(1)).isZero();
    assertThat(missing.before(2)).isEqualTo(2);
  }

  @Test
  void aRowWithoutAPriceIsNoHoliday() {
    PriceSeries series = series("weekdays", "2026-11-16", "2026-11-18");
    LocalDate tuesday = LocalDate.of(2026, 11, 17);
    PriceSeries unpriced =
        new PriceSeries(
            series.ticker(),
            series.source(),
            series.zone(),
            series.calendar(),
            series.rows(),
            new SeriesNotes(List.of(), Optional.empty(), Set.of(tuesday)));

    assertThat(MissingSessions.of(series).days()).isEmpty();
    assertThat(MissingSessions.of(unpriced).days()).containsExactly(tuesday);
  }

  private static List<LocalDate> missing(String exchange, String... days) {
    return MissingSessions.of(series(exchange, days)).days();
  }

  private static PriceSeries series(String code, String... days) {
    Exchange exchange = Exchanges.of(code);
    return new PriceSeries(
        Ticker.of("SPY"),
        new DataSource("csv:prices.csv"),
        exchange.zone(),
        TradingCalendar.of(exchange),
        Arrays.stream(days)
            .map(day -> new DailyPrice(LocalDate.parse(day), 1, 1, 1, 1, 1, 0))
            .toList());
  }
}
