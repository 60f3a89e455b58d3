package mlopsprimer.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsTest extends ApiTest {
  private static final String PATH = "/predictionForTomorrow";
  private static final String PAGE = "https://example.com";
  private static final String ALLOWED = "Access-Control-Allow-Origin";

  @BeforeEach
  void train() {
    store.champion("SPY", 300);
  }

  @Test
  void byDefaultNoOtherOriginMayReadAnAnswer() throws Exception {
    HttpResponse<String> response = ask(start(), PATH, PAGE);

    assertThat(response.headers().map())
        .doesNotContainKeys("vary", ALLOWED.toLowerCase(Locale.ROOT));
  }

  @Test
  void byDefaultAPreflightIsAnUnknownMethod() throws Exception {
    assertProblem(preflight(start().port(), PAGE), 405);
  }

  @ParameterizedTest
  @ValueSource(strings = {PATH, "/models", PATH + "?ticker=QQQ", "/x"})
  void theOriginOfTheSettingMayReadAnswersAndErrors(String path) throws Exception {
    HttpResponse<String> response = ask(start("--cors-origin=" + PAGE), path, PAGE);

    assertThat(response.headers().allValues(ALLOWED)).containsExactly(PAGE);
    assertThat(response.headers().allValues("Vary")).containsExactly("Origin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://evil.example", "http://example.com", "https://example.com.evil", "null"})
  void anotherOriginMayNotReadAnAnswer(String origin) throws Exception {
    HttpResponse<String> response = ask(start("--cors-origin=" + PAGE), PATH, origin);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue(ALLOWED)).isEmpty();
    assertThat(response.headers().allValues("Vary")).containsExactly("Origin");
  }

  @Test
  void aRequestWithoutAnOriginIsMarkedForCaches() throws Exception {
    HttpResponse<String> response = start("--cors-origin=" + PAGE).get(PATH);

    assertThat(response.headers().firstValue(ALLOWED)).isEmpty();
    assertThat(response.headers().allValues("Vary")).containsExactly("Origin");
  }

  @Test
  void withAStarEveryOriginMayReadAnAnswer() throws Exception {
    HttpResponse<String> response = ask(start("--cors-origin=*"), PATH, "https://any.example");

    assertThat(response.headers().allValues(ALLOWED)).containsExactly("*");
    assertThat(response.headers().firstValue("Vary")).isEmpty();
  }

  @Test
  void aPreflightOfTheOriginAllowsReads() throws Exception {
    HttpResponse<String> response = preflight(start("--cors-origin=" + PAGE).port(), PAGE);

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().allValues(ALLOWED)).containsExactly(PAGE);
    assertThat(response.headers().firstValue("Access-Control-Allow-Methods")).hasValue("GET, HEAD");
    assertThat(response.headers().firstValue("Access-Control-Allow-Headers")).hasValue("*");
    assertThat(response.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
  }

  @Test
  void aPreflightOfAnotherOriginAllowsNothing() throws Exception {
    HttpResponse<String> response =
        preflight(start("--cors-origin=" + PAGE).port(), "https://evil.example");

    assertThat(response.headers().map().toString()).doesNotContainIgnoringCase("access-control");
  }

  @Test
  void aRequestForOptionsThatIsNoPreflightIsRefused() throws Exception {
    assertProblem(start("--cors-origin=*").send("OPTIONS", PATH, "Origin", PAGE), 405);
  }

  @Test
  void aPreflightWithABodyIsRefused() throws Exception {
    String answer =
        start("--cors-origin=*")
            .raw(
                "OPTIONS / HTTP/1.1\r\nHost: x\r\nOrigin: https://example.com\r\n"
                    + "Access-Control-Request-Method: GET\r\nContent-Length: 5\r\n\r\nhello");

    assertThat(answer).startsWith("HTTP/1.1 405 ");
  }

  @Test
  void theManagementPortHasNoPages() throws Exception {
    Client management = new Client(server(NEW_YEARS_EVE, "--cors-origin=*").managementPort());

    assertThat(ask(management, "/metrics", PAGE).headers().firstValue(ALLOWED)).isEmpty();
    assertProblem(preflight(management.port(), PAGE), 405);
  }

  private static HttpResponse<String> ask(Client client, String path, String origin)
      throws Exception {
    return client.send("GET", path, "Origin", origin);
  }

  private static HttpResponse<String> preflight(int port, String origin) throws Exception {
    return new Client(port)
        .send("OPTIONS", PATH, "Origin", origin, "Access-Control-Request-Method", "GET");
  }
}
