package mlopsprimer.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.DataFact;
import mlopsprimer.prices.PriceSeries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns of other names, and columns that a file does not have. */
class CsvColumnsTest {
  private static final String GOOD = CsvText.of(Market.walk());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Adj Close Price",
        "Adjusted Close Price",
        "AdjustedClosePrice",
        "Adj. Close ($)",
        "Close (adj)",
        "adj_price",
        "Close*_adj",
        "Adjusted closing price",
        "adj_cls",
        "CLOSE.ADJUSTED",
        "Adj Close (USD)",
        "ADJ. CLOSE"
      })
  void anAdjustedCloseIsReadUnderAnyHeaderThatSaysSo(String header) throws IOException {
    PriceSeries series = Market.read(GOOD.replace("Adj Close", header));
    assertThat(series.rows()).isEqualTo(Market.walk());
    assertThat(series.notes().facts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SPY.Adjusted", "Split adjusted close", "is_adjusted", "Adj"})
  void aHeaderThatMayBeAnAdjustedCloseIsReadOrNamed(String header) throws IOException {
    String text = GOOD.replaceFirst("Adj Close", header);
    if (header.equals("Adj")) {
      assertThat(Market.read(text).rows()).isEqualTo(Market.walk());
    } else {
      assertThatThrownBy(() -> Market.read(text))
          .isInstanceOf(BadDataException.class)
          .hasMessageContaining("[" + header + "]")
          .hasMessageContaining("'Adj Close'");
    }
  }

  @Test
  void twoColumnsThatMayBeTheAdjustedCloseAreRefused() {
    assertThatThrownBy(
            () -> Market.read(GOOD.replaceFirst("Adj Close,Volume", "Adj Price,Close (adj)")))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("[Adj Price, Close (adj)]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"adjOpen", "Adj High", "adj_volume", "Adjustment factor", "Unadj Close"})
  void anotherAdjustedColumnIsNotTheAdjustedClose(String header) throws IOException {
    assertThat(codes(Market.read(GOOD.replaceFirst("Adj Close", header))))
        .containsExactly("no-adjusted-close");
  }

  @Test
  void aFileWithoutAnAdjustedCloseCountsTheRowsOfTheHistory() throws IOException {
    PriceSeries series =
        Market.read(
            CsvText.of(Prices.walk(Market.FRIDAY, 700, 1)).replaceFirst("Adj Close", "Other"));
    assertThat(series.notes().facts())
        .singleElement()
        .satisfies(
            fact ->
                assertThat(fact.count())
                    .isEqualTo(series.lastOf(Market.request().history()).rows().size()));
  }

  @Test
  void aFileWithoutVolumeIsReadWithAFact() throws IOException {
    PriceSeries series = Market.read(GOOD.replaceAll("(?m),[^,]*$", ""));
    assertThat(series.rows()).extracting(DailyPrice::volume).containsOnly(0.0);
    assertThat(codes(series)).containsExactly("no-volume");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "null"})
  void aVolumeThatIsNeverGivenIsAFact(String cell) throws IOException {
    String text = GOOD.replaceAll("(?m),[^,\\n]*\\d$", "," + cell);
    assertThat(codes(Market.read(text))).containsExactly("no-volume");
  }

  @Test
  void aFileWithVerticalBarsIsRead() throws IOException {
    assertThat(Market.read(GOOD.replace(',', '|')).rows()).isEqualTo(Market.walk());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0,0,0,0,0,0", ",,,,,", "590,591,585,0,0,1000"})
  void aRowWithoutAPriceInTheMiddleIsLeftOutAndCounted(String cells) throws IOException {
    PriceSeries series =
        Market.read(GOOD.replaceFirst("(?m)^2024-11-04,.*$", "2024-11-04," + cells));
    assertThat(series.rows()).hasSize(Market.SESSIONS - 1);
    assertThat(codes(series)).containsExactly("rows-left-out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0,0,0,0,0,0", "1,1,1,-37.63,-37.63,1"})
  void aRowWithoutTradeDoesNotReplaceTheRowOfItsDay(String cells) throws IOException {
    assertThat(Market.read(GOOD + "2024-11-04," + cells + "\n").rows()).isEqualTo(Market.walk());
  }

  @Test
  void aNegativePriceInTheMiddleIsAFact() throws IOException {
    PriceSeries series =
        Market.read(
            GOOD.replaceFirst("(?m)^2024-11-04,.*$", "2024-11-04,18,18,-40,-37.63,-37.63,900"));
    assertThat(series.rows()).hasSize(Market.SESSIONS - 1);
    assertThat(codes(series)).containsExactly("negative-prices");
  }

  private static List<String> codes(PriceSeries series) {
    return series.notes().facts().stream().map(DataFact::code).toList();
  }
}
