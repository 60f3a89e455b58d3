package mlopsprimer.trainer.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.trainer.source.MisbehavingServer.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YahooRetryTest {
  /** Gives the longest delays of full jitter: {@code nextDouble()} is just under 1. */
  private static final RandomGenerator LONGEST = () -> -1L;

  private static final RandomGenerator SHORTEST = () -> 0L;

  private static final Answer GOOD = Answer.json(ChartJson.good().text());

  @Test
  void theClientWaitsAsLongAsRetryAfterAsks() throws IOException {
    try (var server = new MisbehavingServer(Answer.rateLimit("2"), Answer.rateLimit("0"), GOOD)) {
      assertThat(YahooFixture.fetch(server).rows()).hasSize(Market.SESSIONS);
      assertThat(server.requests()).hasSize(3);
      assertThat(gaps(server).get(0)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    }
  }

  @Test
  void retryAfterMayBeADateByTheServersClock() throws IOException {
    String aSecondLater = "Mon, 23 Nov 2026 12:00:01 GMT";
    try (var server = new MisbehavingServer(Answer.rateLimit(aSecondLater), GOOD)) {
      YahooFixture.fetch(server);
      assertThat(gaps(server).get(0)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"21", "9999999", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"})
  void aRetryAfterBeyondThePatienceEndsTheRunAtOnce(String retryAfter) throws IOException {
    try (var server = new MisbehavingServer(Answer.rateLimit(retryAfter))) {
      assertThatThrownBy(() -> YahooFixture.fetch(server))
          .isInstanceOf(SourceUnreachableException.class)
          .hasMessageContaining("status=429");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-5", "", "1.5", "٣"})
  void aMalformedRetryAfterIsIgnored(String retryAfter) throws IOException {
    try (var server = new MisbehavingServer(Answer.rateLimit(retryAfter), GOOD)) {
      assertThat(YahooFixture.fetch(server).rows()).isNotEmpty();
    }
  }

  @Test
  void theClientGivesUpAfterFourAttempts() throws IOException {
    try (var server = new MisbehavingServer(Answer.status(429))) {
      assertThatThrownBy(() -> YahooFixture.fetch(server))
          .isInstanceOf(SourceUnreachableException.class)
          .hasMessageContaining("Yahoo limits the rate: status=429")
          .hasMessageContaining("HTTPS_PROXY")
          .hasMessageContaining(server.url() + "/v8/finance/chart/SPY");
      assertThat(server.requests()).hasSize(4);
    }
  }

  @Test
  void everyOtherAttemptGoesToTheSecondHost() throws IOException {
    try (var first = new MisbehavingServer(Answer.status(503));
        var second = new MisbehavingServer(Answer.status(502), GOOD)) {
      YahooClient client =
          new YahooClient(
              YahooFixture.exchange(YahooFixture.LONG, YahooFixture.LONG),
              YahooFixture.QUICK,
              SHORTEST);
      assertThat(
              new YahooPriceSource(List.of(first.url(), second.url()), client, Market.CLOCK)
                  .fetch(Market.request())
                  .rows())
          .hasSize(Market.SESSIONS);
      assertThat(first.requests()).hasSize(2);
      assertThat(second.requests()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
  void aTemporaryErrorIsTriedAgain(int status) throws IOException {
    try (var server = new MisbehavingServer(Answer.status(status), GOOD)) {
      assertThat(YahooFixture.fetch(server).rows()).hasSize(Market.SESSIONS);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 407, 410, 451})
  void aForbiddenRequestIsNotRepeated(int status) throws IOException {
    try (var server = new MisbehavingServer(Answer.status(status))) {
      assertThatThrownBy(() -> YahooFixture.fetch(server))
          .isInstanceOf(SourceUnreachableException.class)
          .hasMessageContaining("status=" + status);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 422})
  void aWrongRequestIsBadDataAtOnce(int status) throws IOException {
    String body = ChartJson.error("Not Found", "No data found, symbol may be delisted");
    try (var server = new MisbehavingServer(Answer.text(status, "application/json", body))) {
      assertThatThrownBy(() -> YahooFixture.fetch(server))
          .isInstanceOf(BadDataException.class)
          .hasMessageContaining("status=" + status)
          .hasMessageContaining("SPY")
          .hasMessageContaining("symbol may be delisted");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void aRedirectIsNotFollowed(int status) throws IOException {
    try (var target = new MisbehavingServer(GOOD);
        var server =
            new MisbehavingServer(
                Answer.of(status, Map.of("Location", target.url() + "/consent"), new byte[0]))) {
      assertThatThrownBy(() -> YahooFixture.fetch(server))
          .isInstanceOf(SourceUnreachableException.class)
          .hasMessageContaining("status=" + status)
          .hasMessageContaining("location=\"" + target.url() + "/consent\"");
      assertThat(server.requests()).hasSize(1);
      assertThat(target.requests()).isEmpty();
    }
  }

  @Test
  void theMessageAboutARedirectRepeatsNoPassword() throws IOException {
    String target = "https://me:s3cret@h.example/";
    try (var server =
        new MisbehavingServer(
            Answer.of(
                302,
                Map.of("Location", target),
                ("<a href=\"" + target + "\">moved</a>").getBytes(UTF_8)))) {
      assertThatThrownBy(() -> YahooFixture.fetch(server))
          .hasMessageContaining("status=302")
          .hasMessageContaining("location=\"https://***@h.example/\"")
          .hasMessageContaining("moved")
          .matches(failure -> !failure.getMessage().contains("s3cret"), "has no password");
    }
  }

  @Test
  void fullJitterEndsAtOneTwoAndFourTimesTheFirstDelay() throws IOException {
    assertThat(jitter(Duration.ofMillis(100), LONGEST))
        .containsExactly(Duration.ofMillis(99), Duration.ofMillis(199), Duration.ofMillis(399));
  }

  @Test
  void fullJitterBeginsAtZero() throws IOException {
    assertThat(jitter(Duration.ofSeconds(5), SHORTEST)).hasSize(3).containsOnly(Duration.ZERO);
  }

  /** Returns the logged delays, and checks that the client waited for each of them. */
  private static List<Duration> jitter(Duration firstDelay, RandomGenerator random)
      throws IOException {
    try (var server = new MisbehavingServer(Answer.status(503));
        Logged log = new Logged(YahooClient.class)) {
      assertThatThrownBy(() -> fetch(server, firstDelay, random, Duration.ofSeconds(20)))
          .isInstanceOf(SourceUnreachableException.class);
      List<Duration> delays =
          log.lines().stream()
              .map(line -> Duration.parse(line.replaceAll("^event=retry .* delay=(\\S+) .*", "$1")))
              .toList();
      List<Duration> gaps = gaps(server);
      assertThat(gaps).hasSameSizeAs(delays);
      for (int i = 0; i < gaps.size(); i++) {
        assertThat(gaps.get(i)).isGreaterThanOrEqualTo(delays.get(i));
      }
      return delays;
    }
  }

  @Test
  void neitherAnAttemptNorAWaitOutlastsThePatience() throws IOException {
    Duration patience = Duration.ofSeconds(1);
    try (var server = new MisbehavingServer(Answer.status(503))) {
      long start = System.nanoTime();
      assertThatThrownBy(() -> fetch(server, Duration.ofSeconds(9), LONGEST, patience))
          .isInstanceOf(SourceUnreachableException.class)
          .hasMessageContaining("status=503");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    try (var server = new MisbehavingServer(Answer.silence())) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> YahooFixture.fetch(server))
          .isInstanceOf(SourceUnreachableException.class)
          .hasMessageContaining("interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static void fetch(
      MisbehavingServer server, Duration firstDelay, RandomGenerator random, Duration patience) {
    YahooFixture.source(server.url(), YahooFixture.LONG, firstDelay, random)
        .fetch(Market.request(patience));
  }

  private static List<Duration> gaps(MisbehavingServer server) {
    List<Request> requests = server.requests();
    return IntStream.range(1, requests.size())
        .mapToObj(i -> requests.get(i).since(requests.get(i - 1)))
        .toList();
  }
}
