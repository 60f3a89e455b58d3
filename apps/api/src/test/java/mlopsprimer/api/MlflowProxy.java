package mlopsprimer.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import mlopsprimer.contract.BaseUrl;

/** Stands between the API and an MLflow server, counts the requests, and answers badly at will. */
final class MlflowProxy implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final BaseUrl mlflow;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile Fault fault = Fault.NONE;

  /**
   * What is wrong with the answers.
   *
   * @param pause time before the answer
   * @param status status of the answer; 0 for the answer of MLflow
   */
  record Fault(Duration pause, int status, String body) {
    static final Fault NONE = new Fault(Duration.ZERO, 0, "");

    static Fault answer(int status, String body) {
      return new Fault(Duration.ZERO, status, body);
    }

    static Fault slow(Duration pause) {
      return new Fault(pause, 0, "");
    }
  }

  MlflowProxy(BaseUrl mlflow) {
    this.mlflow = mlflow;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void set(Fault newFault) {
    fault = newFault;
  }

  /** The requests until now: names of the calls of MLflow, such as registered-models/search. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  private void answer(HttpExchange exchange) throws IOException {
    Fault now = fault;
    URI uri = exchange.getRequestURI();
    requests.add(uri.getPath().replace("/api/2.0/mlflow/", ""));
    try (exchange) {
      Thread.sleep(now.pause().toMillis());
      if (now.status() != 0) {
        send(exchange, now.status(), now.body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return;
      }
      HttpResponse<byte[]> answer =
          HTTP.send(
              HttpRequest.newBuilder(URI.create(mlflow + uri.toString())).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      send(exchange, answer.statusCode(), answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
