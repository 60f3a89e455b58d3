package mlopsprimer.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** A client of the server under test. */
record Client(int port) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path);
  }

  HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(10))
            .method(method, HttpRequest.BodyPublishers.noBody());
    return HTTP.send(
        headers.length == 0 ? request.build() : request.headers(headers).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  JsonObject json(String path) throws IOException, InterruptedException {
    return JsonParser.parseString(get(path).body()).getAsJsonObject();
  }

  double confidence() throws IOException, InterruptedException {
    return json("/predictionForTomorrow").get("confidence").getAsDouble();
  }

  /** The whole answer to bytes that no well-behaved client sends. */
  String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      try {
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
      } catch (IOException e) {
        // The server may answer and hang up before it has read it all.
      }
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  static <T> T eventually(Callable<T> value, Predicate<T> wanted) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(2).toNanos();
    T last = value.call();
    while (!wanted.test(last)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within 2 s; last: " + last);
      }
      Thread.sleep(20);
      last = value.call();
    }
    return last;
  }
}
