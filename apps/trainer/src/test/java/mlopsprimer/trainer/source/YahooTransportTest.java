package mlopsprimer.trainer.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import mlopsprimer.prices.BadDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class YahooTransportTest {
  private static final String CHART = ChartJson.good().text();
  private static final Answer GOOD = Answer.json(CHART);

  @Test
  void aResetInTheMiddleOfTheBodyIsTriedAgain() throws IOException {
    try (var server = new MisbehavingServer(Answer.reset(CHART), GOOD)) {
      assertThat(YahooFixture.fetch(server).rows()).hasSize(Market.SESSIONS);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void aBodyShorterThanItsContentLengthIsTriedAgain() throws IOException {
    try (var server = new MisbehavingServer(Answer.cutShort(CHART, 1), GOOD)) {
      assertThat(YahooFixture.fetch(server).rows()).hasSize(Market.SESSIONS);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void truncatedJsonIsTriedAgain() throws IOException {
    Answer half = Answer.json(CHART.substring(0, CHART.length() / 2));
    try (var server = new MisbehavingServer(half, GOOD)) {
      assertThat(YahooFixture.fetch(server).rows()).hasSize(Market.SESSIONS);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void repeatedlyBrokenConnectionsAreUnreachable() throws IOException {
    try (var server = new MisbehavingServer(Answer.reset(CHART))) {
      assertThatThrownBy(() -> YahooFixture.fetch(server))
          .isInstanceOf(SourceUnreachableException.class)
          .hasMessageContaining("connection broke")
          .hasMessageContaining(server.url().toString());
      assertThat(server.requests()).hasSize(4);
    }
  }

  @Test
  void aBodyOfOneByteAtATimeIsEndedAtTheDeadline() throws IOException {
    assertEndedAtTheDeadline(Answer.dripping(CHART, 20));
  }

  @Test
  void aServerThatNeverAnswersIsAbandonedAtTheDeadline() throws IOException {
    assertEndedAtTheDeadline(Answer.silence());
  }

  private static void assertEndedAtTheDeadline(Answer answer) throws IOException {
    Duration deadline = Duration.ofMillis(250);
    try (var server = new MisbehavingServer(answer)) {
      YahooPriceSource source =
          YahooFixture.source(server.url(), deadline, YahooFixture.QUICK, new Random(1));
      long start = System.nanoTime();
      assertThatThrownBy(() -> source.fetch(Market.request()))
          .isInstanceOf(SourceUnreachableException.class)
          .hasMessageContaining("took longer than 250 ms");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
      assertThat(server.requests()).hasSize(4);
      awaitHangUp(server);
    }
  }

  @Test
  void thePatienceEndsARunningAttempt() throws IOException {
    try (var server = new MisbehavingServer(Answer.dripping(CHART, 20))) {
      YahooPriceSource source =
          YahooFixture.source(server.url(), YahooFixture.LONG, YahooFixture.QUICK, new Random(1));
      long start = System.nanoTime();
      assertThatThrownBy(() -> source.fetch(Market.request(Duration.ofMillis(400))))
          .isInstanceOf(SourceUnreachableException.class)
          .hasMessageContaining("took longer than");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void theConnectionOfAnEndlessBodyIsClosed() throws IOException {
    try (var server = new MisbehavingServer(Answer.endless(200))) {
      assertThatThrownBy(() -> YahooFixture.fetch(server))
          .isInstanceOf(BadDataException.class)
          .hasMessageContaining("over 5242880 bytes");
      awaitHangUp(server);
      assertThat(server.requests()).hasSize(1);
      assertThat(server.bytesSent()).isLessThan(64 << 20);
    }
  }

  @Test
  void anEndlessErrorPageIsReportedWithItsStatus() throws IOException {
    try (var server = new MisbehavingServer(Answer.endless(503), GOOD)) {
      assertThat(YahooFixture.fetch(server).rows()).hasSize(Market.SESSIONS);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void aGzipBombIsRefusedInBoundedMemory() throws IOException {
    byte[] bomb = Answer.gzip(new byte[100 << 20]);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (var server = new MisbehavingServer(Answer.zipped(200, bomb))) {
      long before = threads.getCurrentThreadAllocatedBytes();
      assertThatThrownBy(() -> YahooFixture.fetch(server))
          .isInstanceOf(BadDataException.class)
          .hasMessageContaining("unzips to over 5242880 bytes");
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(32 << 20);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aGzipAnswerIsUnzipped() throws IOException {
    try (var server = new MisbehavingServer(Answer.zipped(200, Answer.gzip(bytes(CHART))))) {
      assertThat(YahooFixture.fetch(server).rows()).hasSize(Market.SESSIONS);
    }
  }

  @Test
  void anAnswerThatIsNotGzipIsTriedAgain() throws IOException {
    try (var server = new MisbehavingServer(Answer.zipped(200, bytes("{}")), GOOD)) {
      assertThat(YahooFixture.fetch(server).rows()).hasSize(Market.SESSIONS);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404})
  void aStatusCountsEvenIfItsBodyDoesNotUnzip(int status) throws IOException {
    try (var server = new MisbehavingServer(Answer.zipped(status, new byte[0]))) {
      assertThatThrownBy(() -> YahooFixture.fetch(server)).hasMessageContaining("status=" + status);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void anUnknownHostIsReported() {
    // A label has more than 63 characters, which a resolver refuses without the network.
    assertUnreachable(URI.create("http://" + "x".repeat(64) + ".invalid"), "host name not found");
  }

  @Test
  void aRefusedConnectionIsReported() throws IOException {
    int port;
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertUnreachable(URI.create("http://127.0.0.1:" + port), "connection refused");
  }

  @Test
  void aConnectionThatIsNotAcceptedIsReported() throws IOException {
    List<SocketChannel> fill = new ArrayList<>();
    try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 8; i++) {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(full.getLocalSocketAddress());
        fill.add(channel);
      }
      YahooExchange exchange = YahooFixture.exchange(Duration.ofMillis(150), YahooFixture.LONG);
      YahooClient client = new YahooClient(exchange, YahooFixture.QUICK, new Random(1));
      URI url = URI.create("http://127.0.0.1:" + full.getLocalPort());
      assertThatThrownBy(
              () ->
                  new YahooPriceSource(List.of(url), client, Market.CLOCK).fetch(Market.request()))
          .isInstanceOf(SourceUnreachableException.class)
          .hasMessageContaining("no connection in time");
    } finally {
      for (SocketChannel channel : fill) {
        channel.close();
      }
    }
  }

  @Test
  void plainTextInPlaceOfTlsIsReported() throws IOException {
    try (var server = new MisbehavingServer(GOOD)) {
      assertUnreachable(server.httpsUrl(), "TLS failed");
    }
  }

  @Test
  void aCertificateThatNobodySignedIsNotTrusted(@TempDir Path dir) throws Exception {
    try (var server = new MisbehavingServer(SelfSigned.listener(dir), GOOD)) {
      // Some updates of Java 17 write the TLS alert between the two texts.
      assertThat(assertUnreachable(server.httpsUrl(), "TLS failed ("))
          .hasMessageContaining("PKIX path building failed");
      assertThat(server.requests()).isEmpty();
    }
  }

  private static Throwable assertUnreachable(URI url, String problem) {
    Throwable failure = catchThrowable(() -> YahooFixture.fetchFrom(url));
    assertThat(failure)
        .isInstanceOf(SourceUnreachableException.class)
        .hasMessageContaining("cannot reach Yahoo: " + problem)
        .hasMessageContaining(url.toString());
    return failure;
  }

  private static void awaitHangUp(MisbehavingServer server) {
    await("the client has hung up").atMost(Duration.ofSeconds(5)).until(server::isIdle);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
