package mlopsprimer.prices;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlopsprimer.contract.Exchange;
import mlopsprimer.contract.Exchanges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeGuessTest {
  private static final LocalDate FIRST = LocalDate.of(2021, 11, 24);
  private static final LocalDate LAST = LocalDate.of(2026, 11, 24);

  /** The exchanges whose sessions of these five years no other exchange has. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "XNYS", "XLON", "XETR", "XSWX", "XMIL", "XTSE", "XTKS", "XHKG", "XASX", "XBOM", "XBKK",
        "XSAU", "XTAE", "24/5", "24/7"
      })
  void theExchangeOfFiveYearsIsFoundByItsDays(String code) {
    assertThat(guess(sessions(code))).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"XNAS, XNYS", "XFRA, XETR", "XAMS, XPAR", "XNSE, XBOM"})
  void ofExchangesWithTheSameSessionsTheFirstIsGuessed(String code, String first) {
    assertThat(guess(sessions(code))).isEqualTo(first);
  }

  @Test
  void oneStrayRowDoesNotChangeTheGuess() {
    List<LocalDate> days = new ArrayList<>(sessions("XNYS").subList(0, 250));
    days.add(LocalDate.of(2022, 2, 5));

    assertThat(guess(days)).isEqualTo("XNYS");
  }

  @Test
  void aMissingYearDoesNotChangeTheGuess() {
    List<LocalDate> days = new ArrayList<>(sessions("XTSE"));
    days.removeIf(day -> day.getYear() == 2024);

    assertThat(guess(days)).isEqualTo("XTSE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"XNYS", "XLON", "XETR", "XTSE", "XTKS", "XASX"})
  void aSeriesWithHolesHasTheExchangeWhoseHolidaysItAvoids(String code) {
    List<LocalDate> days = new ArrayList<>(sessions(code));
    days.removeIf(day -> day.getDayOfYear() % 7 == 0);

    assertThat(guess(days)).isEqualTo(code);
  }

  @Test
  void anExchangeThatTheTableLacksHasWeekdays() {
    List<LocalDate> days = new ArrayList<>(sessions("24/5"));
    // Twelve days a year that are not the holidays of an exchange of the table.
    days.removeIf(day -> day.getDayOfMonth() == 11);

    assertThat(guess(days)).isEqualTo("weekdays");
  }

  @Test
  void onlyAllowedExchangesAreGuessed() {
    assertThat(
            ExchangeGuess.of(
                sessions("XNYS"), exchange -> exchange.zone().getId().equals("Asia/Tokyo")))
        .hasToString("weekdays");
  }

  @Test
  void aNamedExchangeIsKeptUnlessATenthOfTheDaysContradictIt() {
    Optional<Exchange> newYork = Optional.of(Exchanges.of("XNYS"));

    assertThat(ExchangeGuess.confirmed(newYork, sessions("XLON"))).isEqualTo(newYork);
    assertThat(ExchangeGuess.confirmed(newYork, sessions("XSAU"))).isEmpty();
    assertThat(ExchangeGuess.confirmed(newYork, sessions("24/7"))).isEmpty();
  }

  private static String guess(List<LocalDate> days) {
    return ExchangeGuess.of(days, exchange -> true).code();
  }

  private static List<LocalDate> sessions(String code) {
    return TradingCalendar.of(Exchanges.of(code)).sessionsBetween(FIRST, LAST);
  }
}
