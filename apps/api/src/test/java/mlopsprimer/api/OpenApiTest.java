package mlopsprimer.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares answers of a server with the OpenAPI document that it serves. The document describes
 * every status that a path can have, and every field of an answer.
 */
class OpenApiTest extends ApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ADDRESS = "https://example.com/openapi.json";

  /** A path of the document, a request for it, and the status that the request gets. */
  private static final String[][] REQUESTS = {
    {"/predictionForTomorrow", "/predictionForTomorrow", "200"},
    {"/predictionForTomorrow", "/predictionForTomorrow?threshold=0.6&ticker=spy", "200"},
    {"/predictionForTomorrow", "/predictionForTomorrow?ticker=BASE", "200"},
    {"/predictionForTomorrow", "/predictionForTomorrow?threshold=2", "400"},
    {"/predictionForTomorrow", "/predictionForTomorrow?ticker=QQQ", "404"},
    {"/predictionForTomorrow", "/predictionForTomorrow?ticker=BAD", "503"},
    {"/models", "/models", "200"},
    {"/models", "/models?after=SPY", "200"},
    {"/models", "/models?before=SPY", "400"},
    {"/models/{ticker}", "/models/SPY", "200"},
    {"/models/{ticker}", "/models/BASE", "200"},
    {"/models/{ticker}", "/models/a%20b", "400"},
    {"/models/{ticker}", "/models/QQQ", "404"},
    {"/models/{ticker}", "/models/BAD", "503"},
    {"/health/live", "/health/live", "200"},
    {"/health/live", "/health/live?x=y", "400"},
    {"/health/ready", "/health/ready", "200"},
    {"/health/ready", "/health/ready?x=y", "400"},
    {"/metrics", "/metrics", "200"},
    {"/metrics", "/metrics?x=y", "400"},
    {"/openapi.json", "/openapi.json", "200"},
    {"/openapi.json", "/openapi.json?x=y", "400"}
  };

  private Client client;
  private JsonNode document;

  @BeforeEach
  void serve() throws Exception {
    store.champion("SPY", 300);
    store.champion("BASE", 540, null);
    store.damage("BAD", store.champion("BAD", 300));
    client = start();
    document = JSON.readTree(client.get("/openapi.json").body());
    refuseUnknownFields(document.at("/components/schemas"));
  }

  /** Makes a field that the document does not have an error, so that the document is complete. */
  private static void refuseUnknownFields(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.has("properties")
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(OpenApiTest::refuseUnknownFields);
  }

  @Test
  void everyAnswerIsAsTheDocumentDescribesIt() throws Exception {
    for (String[] request : REQUESTS) {
      HttpResponse<String> answer = client.get(request[1]);

      assertThat(answer.statusCode()).as(request[1]).hasToString(request[2]);
      assertIsDescribed(answer, response(request[0], request[2]), request[1]);
    }
  }

  @Test
  void anAnswerWithAMissingWrongOrUnknownFieldIsNotAsTheDocumentDescribesIt() throws Exception {
    String health = "{\"status\":\"live\"}";

    assertThat(problems("Health", health)).isEmpty();
    assertThat(problems("Health", "{}")).isNotEmpty();
    assertThat(problems("Health", health.replace("\"live\"", "1"))).isNotEmpty();
    assertThat(problems("Health", health.replace("}", ",\"x\":1}"))).isNotEmpty();
  }

  @Test
  void theDocumentHasTheStatusesOfTheServer() throws IOException {
    Set<String> answered = new TreeSet<>();
    for (String[] request : REQUESTS) {
      answered.add(request[0] + " " + request[2]);
    }
    answered.add("/health/ready 503"); // the next test asks for it
    Set<String> described = new TreeSet<>();
    for (Iterator<String> path = document.get("paths").fieldNames(); path.hasNext(); ) {
      String name = path.next();
      document
          .at(pointer(name) + "/get/responses")
          .fieldNames()
          .forEachRemaining(status -> described.add(name + " " + status));
    }
    described.removeIf(response -> response.endsWith(" default"));

    assertThat(described).isEqualTo(answered);
  }

  @Test
  void theAnswerOfAServerThatIsNotReadyIsAsTheDocumentDescribesIt() throws Exception {
    HttpResponse<String> answer = start("--ticker=NONE").get("/health/ready");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertIsDescribed(answer, response("/health/ready", "503"), "/health/ready");
  }

  @ParameterizedTest
  @CsvSource({"GET, /x, 404", "POST, /models, 405", "GET, /%zz, 400"})
  void theAnswerToARefusedRequestIsAsTheDocumentDescribesIt(String method, String path, int status)
      throws Exception {
    String answer =
        client.raw(method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 " + status);
    assertThat(problems("Problem", answer.substring(answer.indexOf("\r\n\r\n")))).isEmpty();
  }

  private void assertIsDescribed(HttpResponse<String> answer, JsonNode response, String request)
      throws IOException {
    String type = answer.headers().firstValue("Content-Type").orElseThrow().split(";", -1)[0];
    assertThat(response.get("content").fieldNames().next()).as(request).isEqualTo(type);
    response
        .path("headers")
        .fieldNames()
        .forEachRemaining(
            header -> {
              boolean isRequired = header.equals("Cache-Control");
              assertThat(answer.headers().firstValue(header).isPresent() || !isRequired)
                  .as(request + " " + header)
                  .isTrue();
            });
    JsonNode reference = response.get("content").get(type).get("schema").path("$ref");
    if (reference instanceof TextNode) {
      String schema = reference.asText().replaceAll(".*/", "");
      assertThat(problems(schema, answer.body())).as(request).isEmpty();
    }
  }

  /** What the validator finds wrong with a body. */
  private Set<ValidationMessage> problems(String schema, String body) throws IOException {
    SchemaValidatorsConfig strict =
        SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    return JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder -> builder.schemaLoaders(l -> l.schemas(a -> document.toString())))
        .getSchema(SchemaLocation.of(ADDRESS + "#/components/schemas/" + schema), strict)
        .validate(JSON.readTree(body));
  }

  private JsonNode response(String path, String status) {
    JsonNode response = document.at(pointer(path) + "/get/responses/" + status);
    JsonNode reference = response.path("$ref");
    return reference instanceof TextNode ? document.at(reference.asText().substring(1)) : response;
  }

  private static String pointer(String path) {
    return "/paths/" + path.replace("/", "~1");
  }
}
