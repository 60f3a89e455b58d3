package mlopsprimer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import spark.Spark;

/**
 * The ceiling: Spark as it comes, one route, a body that is read once from a file.
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
          response
              .raw()
              .setContentLength(body.length); // or Jetty sends chunks, which the API spares
          return body;
        });
  }
}
