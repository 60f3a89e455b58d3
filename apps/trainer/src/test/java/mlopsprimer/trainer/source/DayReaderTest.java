package mlopsprimer.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import mlopsprimer.contract.DateFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DayReaderTest {
  /** A stamp in UTC is the midnight of the exchange on the next day. */
  @ParameterizedTest
  @CsvSource({
    "2024-11-14 15:00:00+00:00, Asia/Tokyo",
    "2024-11-14 16:00:00Z, Asia/Hong_Kong",
    "2024-11-14 13:00:00+00:00, Australia/Sydney",
    "2024-11-14 18:30:00+00:00, Asia/Kolkata",
    "2024-11-14 23:00:00+00:00, Europe/Berlin",
    "2024-11-15 05:00:00+00:00, America/New_York"
  })
  void aStampWithAnOffsetIsReadInTheZoneOfTheExchange(String stamp, ZoneId zone) {
    DayReader days = new DayReader(Optional.empty(), Optional.of(zone));
    assertThat(days.read(stamp).day()).isEqualTo("2024-11-15");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-11-15 00:00:00-05:00",
        "2024-11-15 00:00:00+0900",
        "2024-11-15 05:00:00+00:00",
        "2024-11-14 23:00:00+00:00",
        "2024-11-14 22:00:00",
        "2024-11-15 09:30"
      })
  void aStampWithoutAnExchangeIsLocal(String stamp) {
    assertThat(DayReader.DEFAULT.read(stamp).day()).isEqualTo("2024-11-15");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2024-11-14 15:00:00+00:00", "2024-11-14T16:00:00Z"})
  void aStampThatMayBeAMidnightInAsiaNeedsTheExchange(String stamp) {
    assertThatThrownBy(() -> DayReader.DEFAULT.read(stamp)).hasMessageContaining("--exchange");
  }

  @ParameterizedTest
  @CsvSource({
    "03/04/2024, dd/mm/yyyy, 2024-04-03",
    "3-4-2024, d-m-yyyy, 2024-04-03",
    "2024/4/3, yyyy/mm/dd, 2024-04-03",
    "03/04/2024, mm/dd/yyyy, 2024-03-04"
  })
  void theDateFormatOrdersDayAndMonth(String text, String format, LocalDate day) {
    DayReader days = new DayReader(Optional.of(new DateFormat(format)), Optional.empty());
    assertThat(days.read(text).day()).isEqualTo(day);
  }

  @Test
  void aDayOfAnotherFormThanTheDateFormatIsRefused() {
    DayReader days = new DayReader(Optional.of(new DateFormat("dd/mm/yyyy")), Optional.empty());
    assertThatThrownBy(() -> days.read("12/31/2024")).hasMessageContaining("correct --date-format");
    assertThatThrownBy(() -> days.read("2024-12-31")).hasMessageContaining("correct --date-format");
  }
}
