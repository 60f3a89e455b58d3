package mlopsprimer.prices;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TradingCalendarTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  @ParameterizedTest
  @CsvSource({
    "2018-12-31, 2019-01-02", // New Year's Day
    "2026-11-20, 2026-11-23", // a weekend
    "2026-11-25, 2026-11-27", // Thanksgiving; the session of the Friday ends early
    "2021-12-31, 2022-01-03", // New Year's Day is a Saturday, and the Friday before is open
    "2021-12-30, 2021-12-31",
    "2024-03-28, 2024-04-01", // Good Friday
    "2022-06-17, 2022-06-21", // Juneteenth, on a Sunday
    "2021-06-17, 2021-06-18", // Juneteenth was not a holiday yet
    "2020-07-02, 2020-07-06", // Independence Day on a Saturday
    "2018-12-04, 2018-12-06", // day of mourning
    "2001-09-10, 2001-09-17"
  })
  void nyseSkipsWeekendsAndTheExchangesHolidays(LocalDate day, LocalDate next) {
    assertThat(TradingCalendar.NYSE.nextSession(day)).isEqualTo(next);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01",
        "2026-01-19",
        "2026-02-16",
        "2026-04-03",
        "2026-05-25",
        "2026-06-19",
        "2026-07-03",
        "2026-09-07",
        "2026-11-26",
        "2026-12-25"
      })
  void nyseIsClosedOnTheHolidaysPublishedFor2026(LocalDate holiday) {
    assertThat(TradingCalendar.NYSE.isOpen(holiday)).isFalse();
  }

  @Test
  void nyseHasThePublishedNumberOfSessions() {
    assertThat(sessions(2026)).isEqualTo(251);
    assertThat(sessions(2025)).isEqualTo(250);
    assertThat(sessions(2024)).isEqualTo(252);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23, 2026-11-23T21:00:00Z", // winter
    "2026-07-06, 2026-07-06T20:00:00Z", // summer
    "2026-11-27, 2026-11-27T18:00:00Z", // the session after Thanksgiving ends at 13:00
    "2026-12-24, 2026-12-24T18:00:00Z"
  })
  void nyseClosesAtFourOrAtOneBeforeAHoliday(LocalDate day, Instant close) {
    assertThat(TradingCalendar.NYSE.closeOf(day, NEW_YORK)).isEqualTo(close);
  }

  @Test
  void aDailySessionEndsAtMidnight() {
    assertThat(TradingCalendar.DAILY.closeOf(LocalDate.of(2026, 11, 22), ZoneOffset.UTC))
        .isEqualTo("2026-11-23T00:00:00Z");
  }

  @Test
  void theCalendarOfASeriesIsTheNarrowestThatItsDaysFit() {
    LocalDate start = LocalDate.of(2020, 1, 2);
    List<LocalDate> nyse = days(start, TradingCalendar.NYSE::nextSession);
    List<LocalDate> weekdays = days(start, TradingCalendar.WEEKDAYS::nextSession);
    List<LocalDate> daily = days(start, TradingCalendar.DAILY::nextSession);

    assertThat(TradingCalendar.ofDays(nyse)).isEqualTo(TradingCalendar.NYSE);
    assertThat(TradingCalendar.ofDays(weekdays)).isEqualTo(TradingCalendar.WEEKDAYS);
    assertThat(TradingCalendar.ofDays(daily)).isEqualTo(TradingCalendar.DAILY);
  }

  @Test
  void oneStrayRowDoesNotChangeTheCalendar() {
    List<LocalDate> days =
        Stream.concat(
                days(LocalDate.of(2020, 1, 2), TradingCalendar.NYSE::nextSession).stream(),
                Stream.of(LocalDate.of(2020, 2, 1)))
            .toList();

    assertThat(TradingCalendar.ofDays(days)).isEqualTo(TradingCalendar.NYSE);
  }

  private static long sessions(int year) {
    return LocalDate.of(year, 1, 1)
        .datesUntil(LocalDate.of(year + 1, 1, 1))
        .filter(TradingCalendar.NYSE::isOpen)
        .count();
  }

  private static List<LocalDate> days(LocalDate start, UnaryOperator<LocalDate> next) {
    return Stream.iterate(start, next).limit(250).toList();
  }
}
