package mlopsprimer.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import mlopsprimer.fixtures.Prices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceSeriesTest {
  private static final PriceSeries THREE_YEARS = Prices.series(750, 1);

  @Test
  void historyCountsBackFromTheNewestRow() {
    PriceSeries year = THREE_YEARS.lastOf(Period.ofYears(1));

    assertThat(year.lastDay()).isEqualTo(THREE_YEARS.lastDay());
    assertThat(year.firstDay()).isAfter(THREE_YEARS.lastDay().minusYears(1));
    assertThat(year.rows()).hasSizeBetween(249, 253);
  }

  @Test
  void asOfKeepsNoLaterRow() {
    LocalDate day = THREE_YEARS.rows().get(300).day();

    assertThat(THREE_YEARS.upTo(day).rows()).isEqualTo(THREE_YEARS.rows().subList(0, 301));
    assertThatThrownBy(() -> THREE_YEARS.upTo(THREE_YEARS.firstDay().minusDays(1)))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("no prices on or before");
  }

  @Test
  void daysMustStrictlyIncrease() {
    DailyPrice row = THREE_YEARS.rows().get(0);

    assertThatThrownBy(() -> THREE_YEARS.withRows(List.of(row, row)))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining(row.day().toString());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aPriceIsPositiveAndFinite(double price) {
    assertThatThrownBy(() -> new DailyPrice(LocalDate.EPOCH, 1, 1, 1, price, 1, 0))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("close is " + price)
        .hasMessageContaining("1970-01-01");
  }
}
