package mlopsprimer.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "1.0000, 1", ".25, 0.25", "0.0005, 0.0005", "000.5, 0.5"})
  void aThresholdIsADecimalNumberFromZeroToOne(String text, String printed) {
    assertThat(Threshold.of(text)).hasToString(printed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-0.0", "-0", "1.01", "NaN", "1e-1", "0x1p-1", "0.5d", "٠.٥", "."})
  void aTextThatIsNotAThresholdIsRefused(String text) {
    assertThatThrownBy(() -> Threshold.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a number from 0 to 1");
  }

  @ParameterizedTest
  @CsvSource({
    "dd/mm/yyyy, d/M/uuuu",
    "d.m.yyyy, d.M.uuuu",
    "DD-MM-YYYY, d-M-uuuu",
    "yyyy/mm/dd, uuuu/M/d",
    "mm/dd/yyyy, M/d/uuuu"
  })
  void aDateFormatIsAPatternForDays(String text, String pattern) {
    assertThat(new DateFormat(text).pattern()).isEqualTo(pattern);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "dd/mm", "dd/mm/yy", "dd/mm-yyyy", "ddmmyyyy", "yyyy/dd/mm", "x"})
  void aTextThatIsNotADateFormatIsRefused(String text) {
    assertThatThrownBy(() -> new DateFormat(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dd/mm/yyyy");
  }

  @Test
  void theUnitOfAHistoryIsReadInEitherCase() {
    assertThat(History.of("5Y")).hasToString("5y");
    assertThat(History.of("18m").period()).isEqualTo(Period.ofMonths(18));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "0y", "-1y", "5d", "1000y", "5 y", "05y"})
  void aTextThatIsNotAHistoryIsRefused(String text) {
    assertThatThrownBy(() -> History.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "https://query1.finance.yahoo.com, 443",
    "http://192.168.56.1:8077, 8077",
    "http://[::1]/base, 80"
  })
  void aBaseUrlHasAPort(String text, int port) {
    assertThat(BaseUrl.of(text).port()).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://example.org",
        "query1.finance.yahoo.com",
        "https://",
        "https://h?x=1",
        "https://h#x",
        "https://user:secret@h",
        "https://h:99999",
        "https://h:0",
        "https://h:",
        "https://a b",
        "https://h/%zz",
        "HTTPS://h"
      })
  void aTextThatIsNotABaseUrlIsRefused(String text) {
    assertThatThrownBy(() -> BaseUrl.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sourcesKeepTheirOrder() {
    assertThat(SourceSpec.listOf("csv:a b.csv, yahoo,sample"))
        .extracting(SourceSpec::toString)
        .containsExactly("csv:a b.csv", "yahoo", "sample");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bloomberg", "csv", "csv:", "yahoo:x", "yahoo:", "yahoo,", "YAHOO"})
  void aTextThatIsNotASourceIsRefused(String text) {
    assertThatThrownBy(() -> SourceSpec.listOf(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("yahoo, csv:PATH, sample");
  }

  @Test
  void aPathWithAZeroByteIsNotASource() {
    assertThatThrownBy(() -> SourceSpec.of("csv:\0")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.5", "+5", "٥", "0x1", "11", "-1", "99999999999"})
  void aWholeNumberInOtherDigitsOrOutsideItsRangeIsRefused(String text) {
    assertThatThrownBy(() -> Format.wholeNumber(0, 10).parse().apply(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
