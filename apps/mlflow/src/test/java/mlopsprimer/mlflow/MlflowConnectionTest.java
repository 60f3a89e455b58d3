package mlopsprimer.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import mlopsprimer.contract.BaseUrl;
import mlopsprimer.contract.Ticker;
import mlopsprimer.mlflow.MlflowException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults that a real server shows too rarely for a test. */
class MlflowConnectionTest {
  /** For answers that come, however busy the machine is. */
  private static final MlflowTimeouts LONG =
      new MlflowTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMinutes(2));

  private static final MlflowTimeouts SHORT =
      new MlflowTimeouts(Duration.ofSeconds(2), Duration.ofMillis(300), Duration.ofSeconds(60));

  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void anErrorStatesTheUriTheStatusAndWhatMlflowSaid() {
    answer(
        exchange -> reply(exchange, 400, "{\"error_code\":\"INVALID_STATE\",\"message\":\"no\"}"));

    assertThatThrownBy(() -> connection(LONG).get("runs/get", Map.of("run_id", "a b")))
        .isInstanceOf(MlflowException.class)
        .hasMessageContaining("/api/2.0/mlflow/runs/get?run_id=a+b")
        .hasMessageContaining("status=400 error_code=INVALID_STATE message='no'");
    assertThat(requests).hasValue(1);
  }

  @Test
  void aFaultThatPassesIsTriedAgain() {
    answer(
        exchange ->
            reply(exchange, requests.get() < 3 ? 503 : 200, requests.get() < 3 ? "" : "{\"a\":1}"));

    assertThat(connection(LONG).get("x", Map.of()).get("a").getAsInt()).isEqualTo(1);
    assertThat(requests).hasValue(3);
  }

  @Test
  void somethingIsNotCreatedTwiceWhenAnAnswerIsLost() {
    answer(HttpExchange::close);

    assertThat(
            catchThrowableOfType(
                    MlflowException.class,
                    () -> connection(LONG).create("runs/create", new JsonObject()))
                .kind())
        .isEqualTo(Kind.UNREACHABLE);
    assertThat(requests).hasValue(1);
  }

  @Test
  void aServerThatIsSilentIsLeftAloneAfterOneTimeout() {
    answer(exchange -> await());

    assertThatThrownBy(() -> connection(SHORT).get("x", Map.of()))
        .hasMessageContaining("no answer within 300 ms");
    assertThat(requests.get()).isLessThan(2);
  }

  @Test
  void aBodyThatNeverEndsIsBoundedToo() {
    answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          await();
        });

    assertThatThrownBy(() -> connection(SHORT).get("x", Map.of()))
        .hasMessageContaining("no answer within 300 ms");
  }

  @Test
  void requestsTogetherAreBoundedByTheBudget() {
    answer(exchange -> await());
    MlflowConnection connection =
        connection(
            new MlflowTimeouts(
                Duration.ofSeconds(2), Duration.ofMillis(300), Duration.ofMillis(400)));

    assertThatThrownBy(() -> connection.get("x", Map.of())).hasMessageContaining("300 ms");
    assertThatThrownBy(() -> connection.get("x", Map.of()))
        .hasMessageContaining("cannot be reached");
    assertThatThrownBy(() -> connection.get("x", Map.of())).hasMessageContaining("no time left");
    assertThat(requests.get()).isLessThan(3);
    assertThat(connection.left()).isZero();
  }

  @Test
  void thePageOfAnotherServerIsNoAnswer() {
    answer(exchange -> reply(exchange, 200, "<html>hello</html>"));

    assertThatThrownBy(() -> connection(LONG).get("x", Map.of()))
        .hasMessageContaining("strange answer")
        .hasMessageContaining("<html>hello</html>");
    assertThatThrownBy(
            () ->
                new ModelRegistry(connection(LONG))
                    .model(new RegisteredModelName(Ticker.of("SPY"))))
        .isInstanceOf(MlflowException.class);
  }

  @Test
  void anAnswerWithoutItsFieldsIsNoAnswer() {
    answer(exchange -> reply(exchange, 200, "{\"registered_models\":[{\"aliases\":7}]}"));

    assertThatThrownBy(() -> new ModelRegistry(connection(LONG)).models())
        .isInstanceOf(MlflowException.class)
        .hasMessageContaining("strange answer");
  }

  @Test
  void aServerThatIsAwayIsUnreachable() {
    server.stop(0);

    MlflowException e =
        catchThrowableOfType(MlflowException.class, () -> connection(LONG).get("x", Map.of()));
    assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(e).hasMessageContaining("check the URI and that the server runs");
  }

  @Test
  void credentialsAreSentAndNotPrinted() {
    StringBuilder seen = new StringBuilder();
    answer(
        exchange -> {
          seen.append(exchange.getRequestHeaders().getFirst("Authorization")).append('\n');
          reply(exchange, 401, "no");
        });
    MlflowCredentials user =
        MlflowCredentials.of(
            Map.of("MLFLOW_TRACKING_USERNAME", "u", "MLFLOW_TRACKING_PASSWORD", "secret"));
    MlflowCredentials token = MlflowCredentials.of(Map.of("MLFLOW_TRACKING_TOKEN", "secret"));

    for (MlflowCredentials credentials : new MlflowCredentials[] {user, token}) {
      assertThatThrownBy(() -> new MlflowConnection(uri(), credentials, LONG).get("x", Map.of()))
          .hasMessageContaining("set MLFLOW_TRACKING_USERNAME")
          .hasMessageNotContaining("secret");
      assertThat(credentials).hasToString("given");
    }
    assertThat(seen).hasToString("Basic dTpzZWNyZXQ=\nBearer secret\n");
  }

  private void answer(HttpHandler handler) {
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          handler.handle(exchange);
        });
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private MlflowConnection connection(MlflowTimeouts timeouts) {
    return new MlflowConnection(uri(), MlflowCredentials.NONE, timeouts);
  }

  private BaseUrl uri() {
    return BaseUrl.of("http://127.0.0.1:" + server.getAddress().getPort());
  }
}
