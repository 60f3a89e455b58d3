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

/** An HTTP client of the server under test. */
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

  int status(String path) throws IOException, InterruptedException {
    return get(path).statusCode();
  }

  String metrics() throws IOException, InterruptedException {
    return get("/metrics").body();
  }

  double confidence() throws IOException, InterruptedException {
    return json("/predictionForTomorrow").get("confidence").getAsDouble();
  }

  /** Sends bytes that a well-behaved client does not send, and returns the whole answer. */
  String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      try {
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
      } catch (IOException e) {
        // The server may answer and close the connection before it has read the whole request.
      }
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }
}
