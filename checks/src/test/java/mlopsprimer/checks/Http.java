package mlopsprimer.checks;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * A client of an API on this machine.
 *
 * @param port TCP port of the API
 */
record Http(int port) {
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  /** A TCP port that no program listens on now. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Whether the port accepts a connection, even if nothing answers on it yet. */
  boolean accepts() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    }
  }

  /** Starts a wait for an answer. A request that fails counts as a wrong answer. */
  static ConditionFactory await(Duration limit) {
    return Awaitility.await()
        .atMost(limit)
        .pollDelay(Duration.ZERO)
        .pollInterval(PAUSE)
        .ignoreExceptionsInstanceOf(Exception.class);
  }

  /** Waits until a path is answered with a status. */
  void awaitStatus(Duration limit, String path, int status) {
    await(limit).until(() -> status(path), Predicate.isEqual(status));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(10))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  int status(String path) throws IOException, InterruptedException {
    return get(path).statusCode();
  }

  JsonObject prediction() throws IOException, InterruptedException {
    return JsonParser.parseString(get("/predictionForTomorrow").body()).getAsJsonObject();
  }

  String servedVersion() throws IOException, InterruptedException {
    return prediction().getAsJsonObject("model").get("version").getAsString();
  }
}
