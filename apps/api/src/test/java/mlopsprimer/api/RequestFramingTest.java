package mlopsprimer.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests whose end a proxy and this server might see in different places. Behind each of them is
 * a second request, which must never be answered.
 */
class RequestFramingTest extends ApiTest {
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");
  private static final String SMUGGLED = "GET /models/SPY HTTP/1.1\r\nHost: x\r\n\r\n";

  private Client client;

  @BeforeEach
  void serve() {
    store.champion("SPY", 300);
    client = start();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET|Content-Length: 5~~hello",
        "GET|Content-Length: 42~~",
        "HEAD|Content-Length: 5~~hello",
        "GET|Content-Length: 00~~",
        "GET|Content-Length: +0~~",
        "GET|Content-Length: -1~~",
        "GET|Content-Length: 0x5~~hello",
        "GET|Content-Length: five~~hello",
        "GET|Content-Length: 99999999999999999999~~",
        "GET|Content-Length:~~",
        "GET|Content-Length: 0~Content-Length: 0~~",
        "GET|Content-Length: 0~Content-Length: 5~~hello",
        "GET|Content-Length: 0, 5~~hello",
        "GET|Content-Length: 5~Transfer-Encoding: chunked~~0~~",
        "GET|Transfer-Encoding: chunked~Content-Length: 5~~0~~",
        "GET|Transfer-Encoding: chunked~~0~~",
        "GET|transfer-encoding: CHUNKED~~0~~",
        "GET|Transfer-Encoding: identity~~",
        "GET|Transfer-Encoding: gzip, chunked~~0~~",
        "GET|Transfer-Encoding: xchunked~~0~~",
        "GET|Transfer-Encoding:~~",
        "GET|Transfer-Encoding: chunked~Transfer-Encoding: identity~~0~~",
        "GET|Transfer-Encoding: chunked~~1;ext=\"a~0~~",
        "GET|Transfer-Encoding: chunked~~1;a=\"~X: y\"~b~0~~",
        "GET|Expect: 100-continue~Content-Length: 5~~hello",
        "GET|Expect: 100-continue~Transfer-Encoding: chunked~~0~~",
        "GET|Upgrade: h2c~Connection: Upgrade~Content-Length: 5~~hello",
        "GET|Host: y~~",
        "GET|Host: x~~",
        "GET|host: x~~",
        "GET|X: a~ folded~~",
        "GET|X: a~\tfolded~~",
        "GET|X : a~~",
        "GET|Content-Length : 5~~hello",
        "GET|Transfer-Encoding : chunked~~0~~",
        "GET|X\t: a~~",
        "GET|' X: a~~'",
        "GET|: a~~",
        "GET|X~~",
        "GET|X: a^Transfer-Encoding: chunked~~0~~",
        "GET|X: a^~",
        "GET|X: a~^",
        "GET|X: a!b~~"
      })
  void anAmbiguousHeadIsRefusedAndItsConnectionClosed(String method, String rest) throws Exception {
    assertRefused(method + " /predictionForTomorrow HTTP/1.1\r\nHost: x\r\n" + decoded(rest));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1~~", // no Host
        "GET /^Host: x~~",
        "GET / HTTP/1.1^Host: x^^",
        "GET /a b HTTP/1.1~Host: x~~",
        "GET / HTTP/1.1!~Host: x~~",
        "^GET / HTTP/1.1~Host: x~~",
        "GET / HTTP/1.1~Host: x y~~",
        "GET / HTTP/1.1~Host: x, y~~",
        "GET / HTTP/1.1~Host: x/y~~",
        "GET / HTTP/1.1~Host: x:y~~",
        "G(T / HTTP/1.1~Host: x~~",
        "GET / HTTP/1.0~Transfer-Encoding: chunked~~0~~",
        "GET / HTTP/1.0~Content-Length: 5~~hello"
      })
  void anAmbiguousRequestLineIsRefusedAndItsConnectionClosed(String request) throws Exception {
    assertRefused(decoded(request));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET /~~", "GET / HTTP/0.9~~", "GET / HTTP/1.2~Host: x~~", "PRI * HTTP/2.0~~SM~~"})
  void anotherVersionOfHttpIsRefusedAndItsConnectionClosed(String request) throws Exception {
    assertRefused(decoded(request));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW", "CONNECT"})
  void anotherMethodWithABodyIsRefusedAndItsConnectionClosed(String method) throws Exception {
    for (String body :
        new String[] {"Content-Length: 5~~hello", "Transfer-Encoding: chunked~~0~~"}) {
      String target = method.equals("CONNECT") ? "x:80" : "/predictionForTomorrow";
      String answer = assertRefused(method + " " + target + decoded(" HTTP/1.1~Host: x~" + body));
      assertThat(answer).startsWith("HTTP/1.1 405 ").contains("Allow: GET, HEAD\r\n");
    }
  }

  @Test
  void anotherMethodWithoutABodyIsRefusedAndItsConnectionClosed() throws Exception {
    assertRefused("POST /predictionForTomorrow HTTP/1.1\r\nHost: x\r\n\r\n");
  }

  @Test
  void theRequestsBeforeARefusedOneAreAnswered() throws Exception {
    String answers =
        client.raw(
            SMUGGLED.repeat(2) + decoded("GET / HTTP/1.1~Host: x~Content-Length: 5~~") + SMUGGLED);

    assertThat(statuses(answers)).containsExactly("200", "200", "400");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 0",
        "Expect: 100-continue",
        "Upgrade: h2c~Connection: Upgrade, HTTP2-Settings~HTTP2-Settings: AAMAAABkAAQAAP__",
        "Upgrade: websocket~Connection: Upgrade"
      })
  void aRequestWithoutABodyIsAnsweredAsHttp11(String header) throws Exception {
    String answers =
        client.raw(
            decoded("GET /predictionForTomorrow HTTP/1.1~Host: x~" + header + "~~")
                + "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    // An expectation that is not met closes the connection too.
    assertThat(statuses(answers)).allMatch("200"::equals).hasSizeBetween(1, 2);
    assertThat(answers).doesNotContain("100 Continue", "101 ");
  }

  @Test
  void aRequestWithAnEmptyHostIsAnswered() throws Exception {
    String answer =
        client.raw(decoded("GET /health/live HTTP/1.1~Host:~Connection: close~~") + SMUGGLED);

    assertThat(statuses(answer)).containsExactly("200");
  }

  @Test
  void theAnswerToARequestWithABodySaysWhatToDo() throws Exception {
    String answer =
        assertRefused(decoded("GET /health/live HTTP/1.1~Host: x~Content-Length: 5~~hello"));

    assertThat(answer).contains("\"title\":\"Request with a body\"", "send no body");
  }

  /** Sends a request and a second one, and requires one problem and the connection's end. */
  private String assertRefused(String request) throws IOException {
    String answer = client.raw(request + SMUGGLED); // returns when the server has closed

    assertThat(statuses(answer)).as(answer).hasSize(1).allMatch(s -> s.matches("4\\d\\d|505"));
    assertThat(answer).contains("\r\nConnection: close\r\n").doesNotContain("\"ticker\"");
    if (!request.startsWith("HEAD ")) {
      assertThat(answer).contains("\r\nContent-Type: application/problem+json");
      JsonObject problem =
          JsonParser.parseString(answer.substring(answer.indexOf("\r\n\r\n"))).getAsJsonObject();
      assertThat(problem.keySet()).containsExactly("type", "title", "status", "detail");
    }
    return answer;
  }

  private static String[] statuses(String answers) {
    return STATUS_LINE.matcher(answers).results().map(m -> m.group(1)).toArray(String[]::new);
  }

  /** In the requests of this test, ~ is CR LF, ^ is LF alone and ! is CR alone. */
  private static String decoded(String request) {
    return request.replace("~", "\r\n").replace('^', '\n').replace('!', '\r');
  }
}
