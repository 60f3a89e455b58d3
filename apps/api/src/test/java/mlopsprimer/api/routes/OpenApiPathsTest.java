package mlopsprimer.api.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import mlopsprimer.api.serving.Board;
import mlopsprimer.api.serving.Metrics;
import mlopsprimer.contract.Threshold;
import mlopsprimer.contract.Ticker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Compares the OpenAPI document with the endpoints that are registered. */
class OpenApiPathsTest {
  private final List<Endpoint> endpoints =
      new Routes(
              new Board(),
              Ticker.of("SPY"),
              Threshold.of("0.5"),
              new Metrics(),
              Clock.systemUTC(),
              () -> false)
          .endpoints();
  private JsonObject paths;

  @BeforeEach
  void read() throws IOException {
    try (InputStream in = Routes.class.getResourceAsStream("openapi.json")) {
      paths =
          JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8))
              .getAsJsonObject()
              .getAsJsonObject("paths");
    }
  }

  @Test
  void theDocumentHasThePathsOfTheServer() {
    assertThat(paths.keySet())
        .containsExactlyInAnyOrderElementsOf(endpoints.stream().map(this::documented).toList());
  }

  @Test
  void everyPathIsOnlyRead() {
    for (Endpoint endpoint : endpoints) {
      assertThat(of(endpoint).keySet()).as(endpoint.path()).containsExactly("get");
    }
  }

  @Test
  void everyPathHasTheParametersOfItsEndpoint() {
    for (Endpoint endpoint : endpoints) {
      assertThat(parameters(endpoint, "query"))
          .as(endpoint.path())
          .isEqualTo(endpoint.parameters());
      assertThat(parameters(endpoint, "path"))
          .as(endpoint.path())
          .isEqualTo(endpoint.path().contains(":") ? Set.of("ticker") : Set.of());
    }
  }

  private Set<String> parameters(Endpoint endpoint, String in) {
    JsonElement all = of(endpoint).getAsJsonObject("get").get("parameters");
    return all == null
        ? Set.of()
        : all.getAsJsonArray().asList().stream()
            .map(JsonElement::getAsJsonObject)
            .filter(parameter -> parameter.get("in").getAsString().equals(in))
            .map(parameter -> parameter.get("name").getAsString())
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private JsonObject of(Endpoint endpoint) {
    return paths.getAsJsonObject(documented(endpoint));
  }

  private String documented(Endpoint endpoint) {
    return endpoint.path().replaceAll(":(\\w+)", "{$1}");
  }
}
