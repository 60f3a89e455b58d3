package mlopsprimer.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that a well-behaved client does not send. */
class HttpTest extends ApiTest {
  private Client client;

  @BeforeEach
  void serve() {
    store.champion("SPY", 300);
    client = start();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/predictionForTomorrow/", "/models/SPY/x", "/health", "/x"})
  void anUnknownPathIsAProblem(String path) throws Exception {
    assertProblem(client.get(path), 404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/predictionForTomorrow",
        "/models",
        "/models/TICKER",
        "/openapi.json",
        "/health/live",
        "/health/ready",
        "/metrics"
      })
  void theAnswerToAnUnknownPathNamesEveryEndpoint(String endpoint) throws Exception {
    assertThat(client.get("/x").body()).contains(endpoint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"})
  void methodsOtherThanGetAndHeadAreRefused(String method) throws Exception {
    HttpResponse<String> response = client.send(method, "/predictionForTomorrow");

    assertProblem(response, 405);
    assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
  }

  @Test
  void anAnswerToHeadHasTheHeadersOfGetAndNoBody() throws Exception {
    HttpResponse<String> get = client.get("/predictionForTomorrow");
    HttpResponse<String> head = client.send("HEAD", "/predictionForTomorrow");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    for (String header : new String[] {"Content-Type", "Content-Length"}) {
      assertThat(head.headers().firstValue(header)).isEqualTo(get.headers().firstValue(header));
    }
  }

  @Test
  void aUrlOfAMegabyteIsTooLong() throws Exception {
    assertRawProblem(client.raw("GET /" + "a".repeat(1 << 20) + " HTTP/1.1\r\n\r\n"), 414);
  }

  @Test
  void tenThousandHeadersAreTooMany() throws Exception {
    StringBuilder request = new StringBuilder("GET / HTTP/1.1\r\nHost: x\r\n");
    for (int i = 0; i < 10_000; i++) {
      request.append("X-").append(i).append(": y\r\n");
    }
    assertRawProblem(client.raw(request + "\r\n"), 431);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET /predictionForTomorrow HTTP/1.1\r\n\r\n", // no Host
        "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        "GET /%2e%2e/etc HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /a%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
      })
  void aMalformedRequestIsAProblem(String request) throws Exception {
    String response = client.raw(request);

    assertThat(response).containsPattern("HTTP/1.1 (4\\d\\d|505) ");
    assertThat(response).contains("application/problem+json").doesNotContain("<", "\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/predictionForTomorrow?threshold=%zz",
        "/predictionForTomorrow?threshold=%",
        "/predictionForTomorrow?ticker=%ff",
        "/predictionForTomorrow?x=%u0030",
        "/models/%ff",
        "/%ff"
      })
  void aUrlWithAMalformedEncodingIsABadRequest(String url) throws Exception {
    assertRawProblem(
        client.raw("GET " + url + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), 400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Accept|,",
        "Accept|;;;;",
        "Accept|a/b;q=zz",
        "Accept|text/html",
        "X-HTTP-Method-Override|DELETE",
        "X-HTTP-Method-Override|before"
      })
  void aHeaderThatSparkMisreadsChangesNothing(String name, String value) throws Exception {
    HttpResponse<String> response = client.send("GET", "/predictionForTomorrow", name, value);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body()).startsWith("{\"prediction\":\"DOWN\"");
  }

  @Test
  void aProxyRequestIsRefused() throws Exception {
    assertRawProblem(client.raw("CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\n\r\n"), 405);
  }

  @Test
  void theAnswersDoNotNameTheServerSoftware() throws Exception {
    for (String path : new String[] {"/predictionForTomorrow", "/x"}) {
      HttpResponse<String> response = client.get(path);
      assertThat(response.headers().map())
          .doesNotContainKeys("server", "x-powered-by", "set-cookie");
      assertThat(response.body()).doesNotContainIgnoringCase("jetty", "spark");
    }
  }

  @Test
  void forwardedHeadersAreIgnored() throws Exception {
    HttpResponse<String> response =
        client.send(
            "GET",
            "/predictionForTomorrow",
            "X-Forwarded-Proto",
            "https",
            "X-Forwarded-Host",
            "evil");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().map().toString() + response.body()).doesNotContain("evil");
  }

  private static void assertRawProblem(String response, int status) {
    assertThat(response)
        .startsWith("HTTP/1.1 " + status + " ")
        .contains("application/problem+json", "\"status\":" + status)
        .doesNotContain("Server:", "<html");
  }
}
