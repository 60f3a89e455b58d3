package mlopsprimer.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import mlopsprimer.contract.Ticker;
import mlopsprimer.logging.LogLine;
import mlopsprimer.mlflow.MlflowServer;
import mlopsprimer.mlflow.ModelRegistry;
import mlopsprimer.mlflow.RegisteredModelName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Trainings whose MLflow server is away, slow, strange, or dies. */
class MlflowFaultsTest {
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private HttpServer server;
  private Trainer trainer;
  @TempDir Path directory;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
    trainer = trainer("http://127.0.0.1:" + server.getAddress().getPort());
    log.start();
    logger().addAppender(log);
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
    logger().detachAppender(log);
  }

  @Test
  void aServerThatIsAwayCostsNoTraining() {
    server.stop(0);

    assertTrainsWithin(Duration.ofSeconds(20));

    assertThat(warnings()).anyMatch(line -> line.contains("missing=\"run, model version or alias"));
    assertThat(warnings())
        .allMatch(
            line ->
                line.contains("cause=\"MLflow cannot be reached: ") && line.contains("advice="));
  }

  @Test
  void aServerThatNeverAnswersCostsABoundedWait() {
    server.createContext("/", exchange -> await());

    assertTrainsWithin(Duration.ofSeconds(60));

    assertThat(warnings()).anyMatch(line -> line.contains("no answer within 10000 ms"));
  }

  @Test
  void thePageOfAnotherServerCostsNoTraining() {
    answer(exchange -> reply(exchange, 200, "<html>welcome</html>"));

    assertTrainsWithin(Duration.ofSeconds(30));

    assertThat(warnings()).anyMatch(line -> line.contains("strange answer of MLflow"));
  }

  @Test
  void anAnswerOfAnotherFormCostsNoTraining() {
    answer(exchange -> reply(exchange, 200, "{\"experiment\":[],\"registered_model\":3}"));

    assertTrainsWithin(Duration.ofSeconds(30));

    assertThat(warnings()).anyMatch(line -> line.contains("strange answer of MLflow"));
  }

  @Test
  void aServerThatIsKilledDuringATrainingCostsNothingThatIsNotMadeUpFor() {
    MlflowServer mlflow = new MlflowServer();
    mlflow.start();
    try {
      // The proxy lets the requests before the training through, and then kills the server.
      answer(
          exchange -> {
            if (exchange.getRequestURI().getPath().contains("/mlflow-artifacts/")) {
              mlflow.kill();
            }
            forward(exchange, mlflow.uri().toString());
          });

      assertTrainsWithin(Duration.ofSeconds(60));

      String champion = trainer.champion("SPY");
      assertThat(warnings()).anyMatch(line -> line.contains("of version " + champion));
      mlflow.restart();
      Trainer direct = trainer(mlflow.uri().toString());
      assertThat(direct.train("SPY", 1)).isZero();
      assertThat(
              new ModelRegistry(mlflow.connection())
                  .versionOf(new RegisteredModelName(Ticker.of("SPY")), champion))
          .isPresent();
    } finally {
      mlflow.close();
    }
  }

  @Test
  void aRollbackSaysThatMlflowWasNotTold() {
    trainer("none").train("SPY", 1);
    server.stop(0);

    assertThat(trainer.run("rollback", "--to", trainer.champion("SPY"))).isZero();

    assertThat(trainer.printed())
        .contains("mlflow    MLflow was not told: MLflow cannot be reached")
        .contains("the next training with --mlflow moves the alias");
  }

  @Test
  void manyTickersDoNotWaitForAServerThatIsAwayOnceEach() {
    server.stop(0);

    assertThat(trainer.train("SPY", 1, "--tickers", "SPY,QQQ,DIA,IWM,EFA")).isZero();

    assertThat(
            warnings().stream().filter(line -> line.contains("did not answer for other tickers")))
        .isNotEmpty()
        .allMatch(
            line ->
                line.contains("ticker=IWM")
                    || line.contains("ticker=EFA")
                    || line.contains("ticker=DIA"));
  }

  private Trainer trainer(String uri) {
    return new Trainer(directory.resolve("models"), Map.of("MLFLOW_TRACKING_URI", uri));
  }

  private void assertTrainsWithin(Duration most) {
    long start = System.nanoTime();
    assertThat(trainer.train("SPY", 1)).as(trainer.printed()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(most);
    assertThat(trainer.store("SPY").champion()).isPresent();
  }

  private List<String> warnings() {
    return log.list.stream()
        .map(LogLine::of)
        .filter(line -> line.contains("mlflow-incomplete"))
        .toList();
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger("mlopsprimer.trainer.tracking");
  }

  private void answer(HttpHandler handler) {
    server.createContext("/", handler);
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static void forward(HttpExchange exchange, String to) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(to + exchange.getRequestURI()))
            .header("Content-Type", "application/json")
            .method(
                exchange.getRequestMethod(),
                HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    try {
      HttpResponse<byte[]> answer =
          HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      exchange.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
