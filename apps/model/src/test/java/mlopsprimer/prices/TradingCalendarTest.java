package mlopsprimer.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
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

  @ParameterizedTest
  @CsvSource({
    "XLON, 2026-11-24, 2026-11-24T16:30:00Z",
    "XLON, 2026-07-06, 2026-07-06T15:30:00Z",
    "XTKS, 2026-11-24, 2026-11-24T06:30:00Z",
    "XETR, 2026-11-24, 2026-11-24T16:30:00Z"
  })
  void anExchangeClosesInItsOwnZone(String code, LocalDate day, Instant close) {
    assertThat(TradingCalendar.ofLabel(code).closeOf(day, NEW_YORK)).isEqualTo(close);
  }

  @Test
  void aCurrencysSessionEndsAtMidnightInTheZoneOfThePrices() {
    LocalDate day = LocalDate.of(2026, 7, 6);

    assertThat(TradingCalendar.ofLabel("24/5").closeOf(day, ZoneId.of("Europe/London")))
        .isEqualTo("2026-07-06T23:00:00Z");
    assertThat(TradingCalendar.ofLabel("24/5").closeOf(day, ZoneOffset.UTC))
        .isEqualTo("2026-07-07T00:00:00Z");
  }

  @Test
  void sessionsBetweenTwoDaysIncludeBoth() {
    assertThat(
            TradingCalendar.NYSE.sessionsBetween(
                LocalDate.of(2026, 11, 25), LocalDate.of(2026, 11, 30)))
        .extracting(LocalDate::toString)
        .containsExactly("2026-11-25", "2026-11-27", "2026-11-30");
    assertThat(
            TradingCalendar.NYSE.sessionsBetween(
                LocalDate.of(2026, 11, 30), LocalDate.of(2026, 11, 25)))
        .isEmpty();
  }

  @Test
  void aLaterCloseOfASourceIsTheUsualCloseFromThenOn() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    LocalDate day = LocalDate.of(2026, 11, 24);
    TradingCalendar calendar =
        TradingCalendar.ofLabel("XETR")
            .withClose(day, Instant.parse("2026-11-24T21:00:00Z"), berlin, Instant.MAX);

    assertThat(calendar.label()).isEqualTo("XETR@22:00");
    assertThat(calendar.closeOf(day.plusDays(1), berlin)).isEqualTo("2026-11-25T21:00:00Z");
    assertThat(TradingCalendar.ofLabel(calendar.label())).isEqualTo(calendar);
  }

  @Test
  void anEarlierCloseOfASourceHoldsForItsDayOnly() {
    LocalDate day = LocalDate.of(2026, 11, 24);
    Instant end = Instant.parse("2026-11-24T18:00:00Z");
    TradingCalendar calendar =
        TradingCalendar.NYSE.withClose(day, end, NEW_YORK, end.minusSeconds(3600));

    assertThat(calendar.label()).isEqualTo("XNYS@2026-11-24T13:00");
    assertThat(calendar.closeOf(day, NEW_YORK)).isEqualTo(end);
    assertThat(calendar.closeOf(day.plusDays(1), NEW_YORK)).isEqualTo("2026-11-25T21:00:00Z");
    assertThat(TradingCalendar.ofLabel(calendar.label())).isEqualTo(calendar);
    assertThat(TradingCalendar.NYSE.withClose(day, end, NEW_YORK, end))
        .as("the session is over")
        .isEqualTo(TradingCalendar.NYSE);
  }

  @ParameterizedTest
  @CsvSource({
    "XNSE, 2026-11-08, 2026-11-08T13:45:00Z, Asia/Kolkata", // Sunday of Diwali, from 18:00 to 19:15
    "XNYS, 2026-11-26, 2026-11-26T22:00:00Z, America/New_York" // Thanksgiving
  })
  void aSessionThatTheTableLacksSaysNothingAboutTheUsualClose(
      String code, LocalDate day, Instant end, ZoneId zone) {
    assertThat(TradingCalendar.ofLabel(code).withClose(day, end, zone, Instant.MIN).label())
        .isEqualTo(code);
  }

  @Test
  void aLaterEndOfAHalfDayIsNotTheUsualClose() {
    LocalDate halfDay = LocalDate.of(2026, 11, 27);

    assertThat(
            TradingCalendar.NYSE
                .withClose(halfDay, Instant.parse("2026-11-27T19:00:00Z"), NEW_YORK, Instant.MIN)
                .label())
        .isEqualTo("XNYS@2026-11-27T14:00");
  }

  @Test
  void anyCloseIsTheUsualOneOfAnExchangeThatTheTableLacks() {
    assertThat(
            TradingCalendar.WEEKDAYS
                .withClose(
                    LocalDate.of(2026, 11, 24),
                    Instant.parse("2026-11-24T07:00:00Z"),
                    ZoneId.of("Asia/Shanghai"),
                    Instant.MAX)
                .label())
        .isEqualTo("weekdays@15:00");
  }

  @Test
  void aNameMayHaveBothKindsOfCloses() {
    String label = "XETR@22:00@2026-12-30T20:00";

    assertThat(TradingCalendar.ofLabel(label).label()).isEqualTo(label);
  }

  @Test
  void anEarlyCloseOfTheTableStaysEarlyIfASourceNamesALaterUsualClose() {
    TradingCalendar calendar = TradingCalendar.ofLabel("XNYS@17:00");

    assertThat(calendar.closeOf(LocalDate.of(2026, 11, 25), NEW_YORK))
        .isEqualTo("2026-11-25T22:00:00Z");
    assertThat(calendar.closeOf(LocalDate.of(2026, 11, 27), NEW_YORK))
        .isEqualTo("2026-11-27T18:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "XNYS, 2026-11-24, 2026-11-24T21:00:00Z, America/New_York", // the same close
    "XNYS, 2026-11-27, 2026-11-27T18:00:00Z, America/New_York", // an early close of the table
    "24/7, 2026-11-24, 2026-11-24T23:59:00Z, UTC", // Yahoo's midnight
    "24/5, 2026-07-06, 2026-07-06T22:59:00Z, Europe/London"
  })
  void aSourcesCloseThatTheTableHasChangesNothing(
      String code, LocalDate day, Instant end, ZoneId zone) {
    assertThat(TradingCalendar.ofLabel(code).withClose(day, end, zone, Instant.MIN).label())
        .isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({"nyse, XNYS", "weekdays, weekdays", "daily, 24/7"})
  void theCalendarsOfOlderStoresAreRead(String old, String label) {
    assertThat(TradingCalendar.ofLabel(old).label()).isEqualTo(label);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "lse", "XNYS@", "XNYS@25:00", "XNYS@16:00@17:00", "XNYS@2026-13-01T13:00"})
  void anUnknownCalendarIsRefused(String label) {
    assertThatThrownBy(() -> TradingCalendar.ofLabel(label))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static long sessions(int year) {
    return LocalDate.of(year, 1, 1)
        .datesUntil(LocalDate.of(year + 1, 1, 1))
        .filter(TradingCalendar.NYSE::isOpen)
        .count();
  }
}
