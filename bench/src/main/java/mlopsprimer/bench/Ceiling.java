package mlopsprimer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import spark.Spark;

/**
 * Server that does the least work per request: Spark with its default settings, one route, and a
 * body that is read once from a file. The benchmark takes the throughput of this server as the
 * upper limit of an API on Spark.
 *
 * <p>Arguments: the port on 127.0.0.1, and the file.
 */
public final class Ceiling {
  private Ceiling() {}

  public static void main(String[] arguments) throws IOException {
    byte[] body = Files.readAllBytes(Path.of(arguments[1]));
    Spark.ipAddress("127.0.0.1");
    Spark.port(Integer.parseInt(arguments[0]));
    Spark.get(
        "/predictionForTomorrow",
        (request, response) -> {
          response.type("application/json");
          // Without a length Jetty sends chunks. The API sets a length too.
          response.raw().setContentLength(body.length);
          return body;
        });
  }
}
