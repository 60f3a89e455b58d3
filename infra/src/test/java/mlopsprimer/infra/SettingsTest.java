package mlopsprimer.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void everyProblemIsToldAtOnce() {
    Settings settings =
        settings(Map.of("ticker", "../x", "trees", "-1", "nodePort", "80", "threshold", "2"));
    settings.tickers();
    settings.number("trees", 1, 10_000);
    settings.number("nodePort", 30_000, 32_767);
    settings.fraction("threshold");
    settings.file("kubeconfig", Path.of("/nowhere"));

    assertThatThrownBy(settings::requireNoProblems)
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("5 problems")
        .hasMessageContaining("ticker is '../x'")
        .hasMessageContaining("trees is '-1'")
        .hasMessageContaining("nodePort is '80'")
        .hasMessageContaining("threshold is '2'")
        .hasMessageContaining("'vagrant up' writes");
  }

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
    assertThat(Ticker.parse("^").orElseThrow().slug()).matches("[a-z0-9]+");
  }

  private static Settings settings(Map<String, String> values) {
    return new Settings(name -> Optional.ofNullable(values.get(name)));
  }
}
