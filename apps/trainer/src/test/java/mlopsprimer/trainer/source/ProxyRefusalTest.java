package mlopsprimer.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proxies that answer in place of Yahoo. */
@Timeout(30)
class ProxyRefusalTest {
  private static final URI YAHOO = URI.create("https://query1.finance.yahoo.com");
  private static final Answer LOGIN =
      Answer.of(407, Map.of("Proxy-Authenticate", "Basic realm=\"proxy\""), new byte[0]);

  @ParameterizedTest
  @ValueSource(strings = {"", "bob:s3cret@"})
  void aProxyThatRefusesIsNamedAndNotAskedAgain(String user) throws IOException {
    try (var proxy = new MisbehavingServer(Answer.status(403))) {
      assertThat(failure(YAHOO, "HTTPS_PROXY", proxy, user))
          .isInstanceOf(SourceUnreachableException.class)
          .hasMessageContaining("the proxy refused: status=403; check HTTPS_PROXY (url=https://")
          .hasMessageNotContaining("s3cret");
      assertThat(proxy.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bob:s3cret@"})
  void aProxyThatWantsOtherCredentialsIsNamedAndNotAskedAgain(String user) throws IOException {
    for (Answer answer : List.of(LOGIN, Answer.status(407))) {
      try (var proxy = new MisbehavingServer(answer)) {
        assertThat(failure(YAHOO, "HTTPS_PROXY", proxy, user))
            .isInstanceOf(SourceUnreachableException.class)
            .hasMessageContaining("the proxy wants other credentials")
            .hasMessageContaining("HTTPS_PROXY")
            .hasMessageNotContaining("s3cret");
        assertThat(proxy.requests()).hasSizeLessThanOrEqualTo(4);
      }
    }
  }

  @Test
  void aProxyForHttpThatWantsOtherCredentialsIsNamedToo() throws IOException {
    try (var proxy = new MisbehavingServer(LOGIN)) {
      assertThat(failure(URI.create("http://yahoo.invalid"), "http_proxy", proxy, "bob:s3cret@"))
          .hasMessageContaining("the proxy wants other credentials")
          .hasMessageContaining("http_proxy");
    }
  }

  @Test
  void aProxyThatDoesNotReachYahooIsAskedAgain() throws IOException {
    try (var proxy = new MisbehavingServer(Answer.status(502))) {
      assertThat(failure(YAHOO, "HTTPS_PROXY", proxy, ""))
          .hasMessageContaining("the proxy refused: status=502");
      assertThat(proxy.requests()).hasSize(4);
    }
  }

  /**
   * With an authenticator, the JDK's client throws an exception instead of returning the status.
   */
  @Test
  void aStatus401OfYahooIsARefusalEvenIfTheProxyHasCredentials() throws IOException {
    try (var proxy = new MisbehavingServer(Answer.status(401))) {
      assertThat(failure(URI.create("http://yahoo.invalid"), "http_proxy", proxy, "bob:s3cret@"))
          .hasMessageContaining("Yahoo refused: status=401");
      assertThat(proxy.requests()).hasSize(1);
    }
  }

  private static Throwable failure(
      URI yahoo, String variable, MisbehavingServer proxy, String user) {
    String value = "http://" + user + proxy.url().getAuthority();
    YahooExchange exchange =
        new YahooExchange(YahooFixture.LONG, YahooFixture.LONG, "agent/1", Map.of(variable, value));
    YahooClient client = new YahooClient(exchange, YahooFixture.QUICK, new Random(1));
    YahooPriceSource source = new YahooPriceSource(List.of(yahoo), client, Market.CLOCK);
    return catchThrowable(() -> source.fetch(Market.request()));
  }
}
