package mlopsprimer.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.PriceSeries;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstrumentColumnsTest {
  private static final List<String> LINES = CsvText.of(Market.walk()).lines().toList();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ts_code",
        "scrip",
        "stock_code",
        "stockname",
        "cusip",
        "figi",
        "wkn",
        "permno",
        "sid",
        "series",
        "Stock Ticker",
        "Symbol Name",
        "Ticker Name",
        "ticker_id",
        "Security Id",
        "instrument_id",
        "contract",
        "underlying",
        "product",
        "item",
        "market",
        "quote",
        "Kürzel",
        "anything",
        ""
      })
  void anotherInstrumentInAColumnOfAnyNameIsRefused(String header) {
    assertRefused(header, row -> "QQQ")
        .hasMessageContaining("column=" + (header.isEmpty() ? "number 8" : "'" + header + "'"))
        .hasMessageContaining("rename it Ticker");
  }

  @Test
  void instrumentsOnAlternateDaysAreRefused() {
    assertRefused("Scrip", row -> row % 2 == 0 ? "QQQ" : "SPY")
        .hasMessageContaining("values=[QQQ, SPY]");
  }

  @Test
  void anotherInstrumentOnTheFirstDaysIsRefused() {
    assertRefused("ts_code", row -> row < 40 ? "ABC" : "SPY");
  }

  @Test
  void anInstrumentThatOnlySomeRowsNameIsRefused() {
    assertRefused("scrip", row -> row % 2 == 0 ? "SPY" : "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"permno", "SecurityId", "stockcode", "gvkey", "sid", "No", "firm"})
  void aNumberThatIdentifiesAnInstrumentIsRefused(String header) {
    assertRefused(header, row -> "14593");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7203.T", "600519.SH", "005930.KS", "A0RPWH", "US78462F1030"})
  void aTickerWithDigitsIsAText(String ticker) {
    assertRefused("anything", row -> ticker);
  }

  @ParameterizedTest
  @ValueSource(strings = {"scrip", "permno", "anything"})
  void aColumnThatHasTheTickerInEveryRowIsAccepted(String header) throws IOException {
    assertRead(header, row -> "spy");
  }

  @ParameterizedTest
  @CsvSource({
    "Currency, USD",
    "Exchange, NYSE Arca",
    "Weekday, Mon",
    "Dividend note, none paid",
    "Comment, holiday",
    "Turnover, 1.2M",
    "Change %, -0.3%",
    "Expires, 2024-11-15",
    "Is dividend, False",
    "RSI, n/a",
    "No. of trades, 100"
  })
  void aColumnThatDescribesIsAccepted(String header, String cell) throws IOException {
    assertRead(header, row -> cell);
  }

  @Test
  void textsThatDifferFreelyAreRemarks() throws IOException {
    assertRead("Bemerkung", row -> row % 3 == 0 ? "paid " + row + " dollars" : "");
  }

  @Test
  void aNumberOfTheRowIdentifiesNoInstrument() throws IOException {
    assertRead("id no", row -> String.valueOf(row));
  }

  @Test
  void aFewTextsAmongNumbersAreNoInstruments() throws IOException {
    assertRead("RSI", row -> row < 14 ? "warmup" : "55.1");
  }

  @Test
  void rowsOfSeveralCurrenciesAreRefused() {
    assertRefused("Currency", row -> row % 2 == 0 ? "USD" : "EUR");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Symbol", "tic", "Stock", "Stock Ticker", "Name", "ticker_id"})
  void aSecondColumnWithAnotherTickerIsRefused(String header) {
    assertRefused("Ticker," + header, row -> "SPY,QQQ")
        .hasMessageContaining("two columns name the instrument")
        .hasMessageContaining("values=[QQQ]");
  }

  @Test
  void aSecondColumnMustAgreeInEveryRow() {
    assertRefused("Ticker,Symbol", row -> row == 100 ? "SPY,QQQ" : "SPY,SPY");
    assertRefused("Ticker,Name", row -> row == 100 ? "SPY,Invesco QQQ" : "SPY,SPDR S&P 500");
  }

  @ParameterizedTest
  @CsvSource({
    "Symbol, SPY",
    "Company Name, SPDR S&P 500 ETF Trust",
    "ISIN, US78462F1030",
    "id, 14593",
    "series, EQ",
    "market, NYSE"
  })
  void aTickerColumnMayHaveOneNameBesideIt(String header, String cell) throws IOException {
    assertRead("Ticker," + header, row -> "SPY," + cell);
  }

  @Test
  void aCompanyNameInPlaceOfTheTickerIsRefusedWithItsCure() {
    assertRefused("Company Name", row -> "SPDR S&P 500 ETF Trust")
        .hasMessageContaining("if the column 'Company Name' does not hold tickers, remove it");
  }

  private static void assertRead(String header, IntFunction<String> cell) throws IOException {
    assertThat(read(header, cell).rows()).isEqualTo(Market.walk());
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      String header, IntFunction<String> cell) {
    return assertThatThrownBy(() -> read(header, cell)).isInstanceOf(BadDataException.class);
  }

  /** Reads a file that has one or more columns after those of a Yahoo export. */
  private static PriceSeries read(String header, IntFunction<String> cell) throws IOException {
    StringBuilder text = new StringBuilder(LINES.get(0) + "," + header + "\n");
    IntStream.range(1, LINES.size())
        .forEach(row -> text.append(LINES.get(row) + "," + cell.apply(row) + "\n"));
    return Market.read(text.toString());
  }
}
