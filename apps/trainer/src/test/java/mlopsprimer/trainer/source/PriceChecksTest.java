package mlopsprimer.trainer.source;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import mlopsprimer.contract.Exchange;
import mlopsprimer.contract.Exchanges;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.prices.TradingCalendar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceChecksTest {
  private static final int LAST = Market.SESSIONS - 1;

  @Test
  void twoHundredAndFiftyRowsAreTheFewest() {
    PriceChecks.requireEnoughRows(seriesOf(Market.walk().subList(0, 250)));
    assertThatThrownBy(() -> PriceChecks.requireEnoughRows(seriesOf(Market.walk().subList(0, 249))))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("ticker=SPY source=yahoo rows=249 needed=250")
        .hasMessageContaining("use a longer history");
  }

  @ParameterizedTest
  @CsvSource({
    "XNYS, 2024-11-15, 2024-11-15T23:00:00Z",
    "XNYS, 2024-11-15, 2024-11-22T20:59:59Z", // the Friday after is not over
    "XSAU, 2026-05-21, 2026-05-31T11:00:00Z", // Eid until 28 May
    "XSAU, 2026-05-21, 2026-06-03T20:00:00Z",
    "XTKS, 2019-04-26, 2019-05-10T00:00:00Z", // ten days for the new emperor
    "24/7, 2026-11-14, 2026-11-21T23:59:59Z",
    "weekdays, 2026-09-25, 2026-10-07T23:00:00Z", // Golden Week of Shanghai
    "XNSE, 2027-01-08, 2027-01-21T23:00:00Z" // beyond the end of the table
  })
  void pricesAreFreshUntilAWeekOfLaterSessionsHasClosed(
      String exchange, LocalDate newest, Instant now) {
    assertThatCode(() -> PriceChecks.requireFresh(ending(exchange, newest), now))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "XNYS, 2024-11-15, 2024-11-22T21:00:00Z, 5",
    "XNYS, 2024-11-15, 2034-11-15T12:00:00Z, 2508",
    "XSAU, 2026-05-21, 2026-06-04T12:00:00Z, 5",
    "XTKS, 2019-04-26, 2019-05-13T06:00:00Z, 5",
    "24/7, 2026-11-14, 2026-11-22T00:00:00Z, 7",
    "weekdays, 2026-09-25, 2026-10-10T12:00:00Z, 10",
    "XNSE, 2027-01-08, 2027-01-22T12:00:00Z, 10"
  })
  void pricesAreStaleFromThenOnAndTheMessageCountsTheSessions(
      String exchange, LocalDate newest, Instant now, int sessions) {
    assertThatThrownBy(() -> PriceChecks.requireFresh(ending(exchange, newest), now))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("stale prices: ")
        .hasMessageContaining("newest=" + newest)
        .hasMessageContaining("sessions since=" + sessions + " ")
        .hasMessageContaining("--allow-stale");
  }

  /** The request to Yahoo starts {@link PriceChecks#OLDEST_DAYS} days early. */
  @ParameterizedTest
  @MethodSource("exchanges")
  void noFreshPriceOfAnyExchangeIsOlderThanTheDaysThatTheRequestAdds(Exchange exchange) {
    TradingCalendar calendar = TradingCalendar.of(exchange);
    LocalDate first = LocalDate.of(2010, 1, 1);
    for (LocalDate day : calendar.sessionsBetween(first, first.plusYears(20))) {
      Instant later =
          day.plusDays(PriceChecks.OLDEST_DAYS).atStartOfDay(exchange.zone()).toInstant();
      assertThat(PriceChecks.isFresh(ending(exchange.code(), day), later)).as("%s", day).isFalse();
    }
  }

  private static List<Exchange> exchanges() {
    return Exchanges.all();
  }

  private static PriceSeries ending(String code, LocalDate newest) {
    Exchange exchange = Exchanges.of(code);
    return new PriceSeries(
        Market.SPY,
        YahooPriceSource.YAHOO,
        exchange.zone(),
        TradingCalendar.of(exchange),
        List.of(new DailyPrice(newest, 1, 1, 1, 1, 1, 1)));
  }

  @ParameterizedTest
  @CsvSource({"100, 100.0", "0.01, 0.01000", "1000, 1000", "0.001, 0.001000"})
  void aGlitchOfOneDayIsRefusedWithItsDayAndFactor(double factor, String shown) {
    List<DailyPrice> flat =
        Market.walk().stream()
            .map(row -> new DailyPrice(row.day(), 10, 10, 10, 10, 10, 0))
            .collect(toCollection(ArrayList::new));
    flat.set(150, Prices.times(flat.get(150), factor));
    PriceSeries series = seriesOf(flat);
    assertThatThrownBy(() -> PriceChecks.requireNoGlitch(series, Optional.empty()))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("ticker=SPY source=yahoo")
        .hasMessageContaining("day=" + Market.walk().get(150).day())
        .hasMessageContaining("factor=" + shown + ";");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 5, 30, 100})
  void aGlitchOfSeveralDaysIsRefusedWithItsFirst(int days) {
    assertGlitch(series(row -> row >= 100 && row < 100 + days ? 100 : 1), 100);
    assertGlitch(series(row -> row >= 100 && row < 100 + days ? 0.01 : 1), 100);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aGlitchAtTheEndIsRefusedThoughItHasNotReturned(int days) {
    assertGlitch(series(row -> row > LAST - days ? 100 : 1), LAST - days + 1);
    assertGlitch(series(row -> row > LAST - days ? 0.01 : 1), LAST - days + 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aGlitchAtTheStartIsRefusedThoughOnlyItsReturnShows(int days) {
    assertGlitch(series(row -> row < days ? 100 : 1), days);
    assertGlitch(series(row -> row < days ? 0.01 : 1), days);
  }

  @Test
  void aGlitchThatReturnsStepByStepIsRefused() {
    double[] steps = {100, 40, 12, 3};
    assertGlitch(series(row -> row >= 150 && row < 154 ? steps[row - 150] : 1), 150);
  }

  @Test
  void aDayOfMinusFiftyTwoPercentIsAccepted() {
    assertGood(series(row -> row >= 150 ? 0.48 : 1));
    assertGood(series(row -> row == LAST ? 0.48 : 1));
    assertGood(series(row -> row == 150 ? 0.48 : 1));
  }

  @Test
  void aCrashThatLastsIsAccepted() {
    assertGood(series(row -> row >= 150 ? 0.01 : 1));
    assertGood(series(row -> row >= 295 ? 0.01 : 1));
  }

  @Test
  void aCrashThatRecoversALittleIsAccepted() {
    assertGood(series(row -> row < 150 ? 1 : row < 152 ? 0.01 : 0.03));
  }

  @Test
  void aCrashThatRecoversOverMonthsIsAccepted() {
    assertGood(series(row -> row < 100 ? 1 : Math.min(1, 0.01 * Math.pow(1.05, row - 100))));
  }

  @Test
  void aSplitOfTheCloseAloneIsAccepted() {
    List<DailyPrice> rows =
        IntStream.range(0, Market.SESSIONS)
            .mapToObj(
                i -> {
                  DailyPrice row = Market.walk().get(i);
                  double k = i < 150 ? 100 : 1;
                  return new DailyPrice(
                      row.day(),
                      row.open() * k,
                      row.high() * k,
                      row.low() * k,
                      row.close() * k,
                      row.adjustedClose(),
                      row.volume());
                })
            .toList();
    assertGood(seriesOf(rows));
  }

  @Test
  void anInfiniteFactorIsRefused() {
    assertGlitch(series(row -> row == 150 ? 1e300 : row == 149 ? 1e-300 : 1), 149);
  }

  private static void assertGood(PriceSeries series) {
    assertThatCode(() -> PriceChecks.requireNoGlitch(series, Optional.empty()))
        .doesNotThrowAnyException();
  }

  private static void assertGlitch(PriceSeries series, int row) {
    assertThatThrownBy(() -> PriceChecks.requireNoGlitch(series, Optional.empty()))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("price glitch")
        .hasMessageContaining("day=" + series.rows().get(row).day() + " ");
  }

  private static PriceSeries series(IntToDoubleFunction factor) {
    List<DailyPrice> walk = Market.walk();
    return seriesOf(
        IntStream.range(0, walk.size())
            .mapToObj(i -> Prices.times(walk.get(i), factor.applyAsDouble(i)))
            .toList());
  }

  private static PriceSeries seriesOf(List<DailyPrice> rows) {
    return Prices.series(YahooPriceSource.YAHOO, rows);
  }
}
