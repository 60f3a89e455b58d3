package mlopsprimer.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeTest {
  @ParameterizedTest
  @CsvSource({
    "SPY, XNYS",
    "^GSPC, XNYS",
    "BRK-B, XNYS",
    "RY.TO, XTSE",
    "VOD.L, XLON",
    "^FTSE, XLON",
    "SAP.DE, XETR",
    "^GDAXI, XETR",
    "SAP.F, XFRA",
    "SAP.SG, XFRA",
    "MC.PA, XPAR",
    "ASML.AS, XAMS",
    "NESN.SW, XSWX",
    "ENI.MI, XMIL",
    "7203.T, XTKS",
    "^N225, XTKS",
    "0700.HK, XHKG",
    "BHP.AX, XASX",
    "TCS.NS, XNSE",
    "500325.BO, XBOM",
    "PTT.BK, XBKK",
    "2222.SR, XSAU",
    "TEVA.TA, XTAE",
    "EURUSD=X, 24/5",
    "BTC-USD, 24/7",
    "ES=F, weekdays",
    "PETR4.SA, weekdays"
  })
  void aSymbolHasTheExchangeOfItsSuffix(String symbol, String code) {
    assertThat(Exchanges.ofSymbol(Ticker.of(symbol))).hasToString(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SPY", "^GSPC", "BRK-B", "PETR4.SA"})
  void aSymbolWithoutAKnownSuffixNamesNoExchange(String symbol) {
    assertThat(Exchanges.namedBy(Ticker.of(symbol))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "NYQ, XNYS", "PCX, XNYS", "SNP, XNYS", "NMS, XNAS", "LSE, XLON", "GER, XETR", "FRA, XFRA",
    "PAR, XPAR", "AMS, XAMS", "EBS, XSWX", "MIL, XMIL", "TOR, XTSE", "JPX, XTKS", "HKG, XHKG",
    "ASX, XASX", "BSE, XBOM", "NSI, XNSE", "SET, XBKK", "SAU, XSAU", "TLV, XTAE", "CCY, 24/5",
    "CCC, 24/7"
  })
  void yahooHasANameForEachExchange(String yahooName, String code) {
    assertThat(Exchanges.ofYahooName(yahooName)).map(Exchange::code).contains(code);
  }

  @ParameterizedTest
  @CsvSource({
    "XNYS, 2026-11-26", // Thanksgiving
    "XLON, 2026-12-28", // Boxing Day, which is a Saturday
    "XLON, 2022-09-19", // funeral of Elizabeth II
    "XETR, 2026-12-24",
    "XSWX, 2026-08-01",
    "XTSE, 2026-07-01", // Canada Day
    "XTKS, 2026-05-06",
    "XHKG, 2026-02-17", // Lunar New Year
    "XASX, 2026-01-26", // Australia Day
    "XBOM, 2026-01-26", // Republic Day
    "XBKK, 2026-04-13", // Songkran
    "XSAU, 2026-09-23", // National Day
    "XTAE, 2026-09-21" // Yom Kippur
  })
  void anExchangeIsClosedOnItsHolidays(String code, LocalDate holiday) {
    assertThat(Exchanges.of(code).isOpen(holiday)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2025-12-26, false", // a Friday
    "2025-12-28, true", // a Sunday
    "2026-01-04, true", // the last Sunday with a session
    "2026-01-09, true", // the first Friday with a session
    "2026-01-11, false"
  })
  void telAvivTradesOnFridaysInPlaceOfSundaysFromJanuary2026On(LocalDate day, boolean open) {
    assertThat(Exchanges.of("XTAE").isOpen(day)).isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({"2026-03-05, true", "2026-03-06, false", "2026-03-07, false", "2026-03-08, true"})
  void riyadhTradesFromSundayToThursday(LocalDate day, boolean open) {
    assertThat(Exchanges.of("XSAU").isOpen(day)).isEqualTo(open);
  }

  @Test
  void mumbaiHasASessionOnASaturdayOfTheBudget() {
    assertThat(Exchanges.of("XNSE").isOpen(LocalDate.of(2025, 2, 1))).isTrue();
    assertThat(Exchanges.of("XNSE").isOpen(LocalDate.of(2025, 2, 8))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "XNYS, 2026-11-25, 2026-11-25T16:00",
    "XNYS, 2026-11-27, 2026-11-27T13:00", // the day after Thanksgiving
    "XLON, 2026-12-24, 2026-12-24T12:30",
    "XETR, 2026-11-25, 2026-11-25T17:30",
    "XFRA, 2026-11-25, 2026-11-25T22:00", // the floor closes later than Xetra
    "XFRA, 2026-12-30, 2026-12-30T14:00",
    "XTKS, 2024-11-01, 2024-11-01T15:00",
    "XTKS, 2024-11-05, 2024-11-05T15:30", // half an hour longer from that day on
    "XTAE, 2025-11-23, 2025-11-23T15:40", // a Sunday
    "XTAE, 2026-11-27, 2026-11-27T13:50", // a Friday
    "24/7, 2026-11-25, 2026-11-26T00:00"
  })
  void aSessionEndsAtTheCloseOfItsDay(String code, LocalDate day, LocalDateTime close) {
    assertThat(Exchanges.of(code).closeOf(day)).isEqualTo(close);
  }

  @Test
  void beyondTheTablesEndEveryWeekdayIsASession() {
    Exchange mumbai = Exchanges.of("XNSE");
    LocalDate republicDay = LocalDate.of(2027, 1, 26);

    assertThat(mumbai.knows(republicDay)).isFalse();
    assertThat(mumbai.isOpen(republicDay)).isTrue();
    assertThat(mumbai.isOpen(LocalDate.of(2027, 1, 23))).as("a Saturday").isFalse();
  }

  @Test
  void cryptocurrenciesTradeOnEveryDayAndCurrenciesOnWeekdays() {
    LocalDate saturday = LocalDate.of(2026, 11, 21);

    assertThat(Exchanges.of("24/7").isOpen(saturday)).isTrue();
    assertThat(Exchanges.of("24/5").isOpen(saturday)).isFalse();
    assertThat(Exchanges.of("24/5").isOpen(saturday.minusDays(1))).isTrue();
  }

  @Test
  void anUnknownCodeIsRefusedWithTheCodesOfTheTable() {
    assertThatThrownBy(() -> Exchanges.of("LSE"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no exchange 'LSE' in the table; use one of [XNYS, XNAS, XLON");
  }
}
