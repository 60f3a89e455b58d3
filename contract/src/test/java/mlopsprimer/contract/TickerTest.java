package mlopsprimer.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TickerTest {
  @ParameterizedTest
  @CsvSource({
    "spy, SPY, SPY",
    "^gspc, ^GSPC, %5EGSPC",
    "BRK-B, BRK-B, BRK-B",
    "BRK.B, BRK.B, BRK%2EB",
    "eurusd=x, EURUSD=X, EURUSD%3DX",
    "0700.hk, 0700.HK, 0700%2EHK"
  })
  void everyYahooSymbolHasADirectoryName(String text, String symbol, String directory) {
    Ticker ticker = Ticker.of(text);

    assertThat(ticker.symbol()).isEqualTo(symbol);
    assertThat(ticker.directoryName()).isEqualTo(directory);
    assertThat(Ticker.ofDirectoryName(directory)).isEqualTo(ticker);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "../x",
        "..",
        ".",
        "^",
        "A/B",
        "A\\B",
        "A B",
        "SPY\n",
        "ABCDEFGHIJKLMNOP",
        "A%2F",
        "ſpy",
        "İ",
        "A\u0000"
      })
  void aTextThatIsNotASymbolIsRefused(String text) {
    assertThatThrownBy(() -> Ticker.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a ticker");
  }

  @Test
  void theUpperCaseSymbolDoesNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      assertThat(Ticker.of("ixic").symbol()).isEqualTo("IXIC");
    } finally {
      Locale.setDefault(before);
    }
  }
}
