package mlopsprimer.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void severalTickersWinOverTheOne() {
    assertThat(settings(Map.of("ticker", "SPY", "tickers", "[\"^GSPC\",\"qqq\"]")).tickers())
        .extracting(Ticker::symbol)
        .containsExactly("^GSPC", "QQQ");
    assertThat(settings(Map.of("ticker", "SPY", "tickers", "[]")).tickers())
        .extracting(Ticker::symbol)
        .containsExactly("SPY");
  }

  @Test
  void tickersThatDifferBySignsAloneHaveNamesOfTheirOwn() {
    String index = Ticker.parse("^GSPC").orElseThrow().slug();
    String share = Ticker.parse("GSPC").orElseThrow().slug();

    assertThat(index).startsWith("gspc-").isNotEqualTo(share);
    assertThat(Ticker.parse("EURUSD=X").orElseThrow().slug())
        .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  }

  private static Settings settings(Map<String, String> values) {
    return new Settings(name -> Optional.ofNullable(values.get(name)));
  }
}
