package mlopsprimer.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import mlopsprimer.contract.Ticker;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.DataSource;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.prices.TradingCalendar;
import org.junit.jupiter.api.Test;

class SamplePriceSourceTest {
  @Test
  void theSameDayGivesTheSameSeries() {
    PriceSeries morning = fetch("SPY", "2024-11-16T03:00:00Z");
    PriceSeries evening = fetch("SPY", "2024-11-16T23:00:00Z");
    assertThat(morning).isEqualTo(evening);
    assertThat(morning.sha256()).isEqualTo(evening.sha256());
  }

  @Test
  void aLaterClockOnlyAppendsRows() {
    PriceSeries earlier = fetch("SPY", "2024-11-15T21:00:00Z");
    PriceSeries later = fetch("SPY", "2025-03-11T21:00:00Z");
    int rows = earlier.rows().size();
    assertThat(later.rows()).hasSizeGreaterThan(rows);
    assertThat(later.rows().subList(0, rows)).isEqualTo(earlier.rows());
  }

  @Test
  void aSessionHasARowFromItsCloseOn() {
    assertThat(fetch("SPY", "2024-11-15T20:59:59Z").lastDay()).isEqualTo("2024-11-14");
    assertThat(fetch("SPY", "2024-11-15T21:00:00Z").lastDay()).isEqualTo("2024-11-15");
  }

  @Test
  void theSeriesIsLabelledAsASample() {
    PriceSeries series = fetch("SPY", "2024-11-16T03:00:00Z");
    assertThat(series.source()).isEqualTo(new DataSource("sample"));
    assertThat(series.source().isSynthetic()).isTrue();
    assertThat(new SamplePriceSource(Market.CLOCK).name()).isEqualTo("sample");
  }

  @Test
  void differentTickersHaveDifferentPrices() {
    String now = "2024-11-16T03:00:00Z";
    assertThat(fetch("SPY", now).sha256()).isNotEqualTo(fetch("QQQ", now).sha256());
    assertThat(fetch("QQQ", now).ticker()).isEqualTo(Ticker.of("QQQ"));
  }

  @Test
  void theSamplePassesEveryCheck() {
    for (String ticker : new String[] {"SPY", "QQQ", "^GSPC", "BTC-USD", "A"}) {
      PriceSeries series = fetch(ticker, Market.SATURDAY.toString()).lastOf(Period.ofYears(5));
      assertThat(series.rows()).hasSizeGreaterThan(PriceChecks.FEWEST_ROWS);
      PriceChecks.requireEnoughRows(series);
      PriceChecks.requireFresh(series, Market.SATURDAY);
      PriceChecks.requireNoGlitch(series, Optional.empty());
    }
  }

  @Test
  void everyRowIsASessionWithAPossibleBar() {
    assertThat(fetch("SPY", Market.SATURDAY.toString()).rows())
        .allMatch(row -> TradingCalendar.NYSE.isOpen(row.day()))
        .allMatch(row -> row.low() <= Math.min(row.open(), row.close()))
        .allMatch(row -> row.high() >= Math.max(row.open(), row.close()))
        .extracting(DailyPrice::day)
        .isSorted()
        .doesNotHaveDuplicates()
        .startsWith(LocalDate.of(2015, 1, 2));
  }

  @Test
  void aClockBeforeTheFirstDayGivesNoPrices() {
    assertThatThrownBy(() -> fetch("SPY", "1970-01-01T00:00:00Z"))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("source=sample");
  }

  private static PriceSeries fetch(String ticker, String now) {
    Clock clock = Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
    return new SamplePriceSource(clock)
        .fetch(
            new PriceRequest(
                Ticker.of(ticker),
                Period.ofYears(5),
                Optional.empty(),
                false,
                Duration.ofSeconds(1)));
  }
}
