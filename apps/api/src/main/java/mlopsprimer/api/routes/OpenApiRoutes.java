package mlopsprimer.api.routes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import spark.Request;
import spark.Response;

/** The endpoint of the description of all endpoints, which a test compares with them. */
final class OpenApiRoutes {
  private static final String DOCUMENT = "openapi.json";

  /** The document changes only with the program. */
  private static final Duration MAX_AGE = Duration.ofHours(1);

  private final byte[] document = read();

  List<Endpoint> endpoints() {
    return List.of(Endpoint.of("/" + DOCUMENT, MAX_AGE, Set.of(), this::describe));
  }

  private byte[] describe(Request request, Response response) {
    response.type(ContentTypes.JSON);
    return document;
  }

  private static byte[] read() {
    try (InputStream in = OpenApiRoutes.class.getResourceAsStream(DOCUMENT)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + DOCUMENT, e);
    }
  }
}
