package mlopsprimer.nodeprovider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerKindTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  @Test
  void anOldAnswerAmongNewOnesIsWaitedOut() throws Exception {
    Properties inputs = serving(n -> n < 5 || n == 8 ? "old" : "new");

    assertThat(new AnswerKind(PATIENCE).create(inputs, message -> {}).struct())
        .isEqualTo(inputs.struct());

    assertThat(asked.get()).as("two seconds of right answers follow").isGreaterThan(12);
  }

  @Test
  void whatKeepsAnsweringWronglyIsQuotedWithTheRemedy() throws Exception {
    Properties inputs = serving(n -> "old");

    assertThatThrownBy(() -> new AnswerKind(Duration.ofSeconds(1)).create(inputs, message -> {}))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining(inputs.text("url") + " does not answer with new within 1 s, but: old")
        .hasMessageContaining("then 'pulumi up' again");
  }

  @Test
  void nobodyThereIsAnErrorToo() throws Exception {
    Properties inputs = serving(n -> "new");
    server.stop(0);

    assertThatThrownBy(() -> new AnswerKind(Duration.ofSeconds(1)).create(inputs, message -> {}))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("ConnectException");
  }

  private Properties serving(IntFunction<String> answers) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = answers.apply(asked.incrementAndGet()).getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return new Properties(
        Struct.newBuilder()
            .putFields("url", text("http://127.0.0.1:" + server.getAddress().getPort() + "/"))
            .putFields("contains", text("new"))
            .putFields("of", text("1"))
            .build());
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }
}
