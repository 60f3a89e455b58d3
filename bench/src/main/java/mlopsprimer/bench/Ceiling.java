package mlopsprimer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import spark.Spark;

/**
 * A server that the API is compared with: Spark with default settings and one route, which answers
 * with the bytes of a file.
 *
 * <p>Arguments: the port on 127.0.0.1 and the file.
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
          response.raw().setContentLength(body.length); // without a length, Jetty would send chunks
          return body;
        });
  }
}
