package mlopsprimer.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import mlopsprimer.contract.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxyTest {
  private static final URI YAHOO = URI.create("https://query1.finance.yahoo.com/v8");

  @ParameterizedTest
  @ValueSource(strings = {"http://proxy.example:3128", "proxy.example:3128", " proxy.example:3128"})
  void httpsGoesThroughTheProxyOfTheVariable(String value) {
    assertThat(select(Map.of("HTTPS_PROXY", value), YAHOO))
        .isEqualTo(InetSocketAddress.createUnresolved("proxy.example", 3128).toString());
    assertThat(select(Map.of("https_proxy", value), YAHOO)).contains("3128");
  }

  @Test
  void httpDoesNotUseTheProxyForHttps() {
    assertThat(select(Map.of("HTTPS_PROXY", "http://p.example:1"), URI.create("http://h.example")))
        .isEqualTo("DIRECT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "query1.finance.yahoo.com", "a.example, .yahoo.com", "yahoo.com"})
  void aHostOfNoProxyIsReachedDirectly(String except) {
    assertThat(select(Map.of("HTTPS_PROXY", "http://p.example:1", "NO_PROXY", except), YAHOO))
        .isEqualTo("DIRECT");
  }

  @Test
  void anotherHostThanThatOfNoProxyUsesTheProxy() {
    assertThat(select(Map.of("HTTPS_PROXY", "http://p.example:1", "NO_PROXY", "hoo.com"), YAHOO))
        .isNotEqualTo("DIRECT");
  }

  @ParameterizedTest
  @CsvSource({"socks5://p.example:1, socks5", "http://, http", "'http://a b', a b"})
  void aValueThatIsNotAProxyIsASettingsProblem(String value, String shown) {
    assertThatThrownBy(() -> new EnvironmentProxy(Map.of("HTTPS_PROXY", value)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("HTTPS_PROXY is '")
        .hasMessageContaining(shown)
        .hasMessageContaining("http://host:port is needed");
  }

  @Test
  void thePasswordOfAProxyIsNotRepeated() {
    assertThatThrownBy(
            () -> new EnvironmentProxy(Map.of("HTTPS_PROXY", "socks://me:s3cret@p.example:1")))
        .matches(failure -> !failure.getMessage().contains("s3cret"), "has no password");
  }

  @Test
  void aRequestIsSentToTheProxy() throws IOException {
    try (var proxy = new MisbehavingServer(Answer.json(ChartJson.good().text()))) {
      YahooExchange exchange =
          new YahooExchange(
              YahooFixture.LONG,
              YahooFixture.LONG,
              "agent/1",
              Map.of("http_proxy", proxy.url().toString()));
      YahooClient client = new YahooClient(exchange, YahooFixture.QUICK, new Random(1));
      URI unreachable = URI.create("http://yahoo.invalid");

      new YahooPriceSource(List.of(unreachable), client, Market.CLOCK).fetch(Market.request());

      assertThat(proxy.requests().get(0).target()).startsWith("http://yahoo.invalid/v8/finance/");
      assertThat(proxy.requests().get(0).headers()).containsEntry("user-agent", "agent/1");
    }
  }

  private static String select(Map<String, String> environment, URI url) {
    Proxy proxy = new EnvironmentProxy(environment).select(url).get(0);
    return proxy.type() == Proxy.Type.DIRECT
        ? "DIRECT"
        : InetSocketAddress.createUnresolved(
                ((InetSocketAddress) proxy.address()).getHostString(),
                ((InetSocketAddress) proxy.address()).getPort())
            .toString();
  }
}
