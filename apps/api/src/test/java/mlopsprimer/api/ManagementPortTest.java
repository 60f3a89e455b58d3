package mlopsprimer.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mlopsprimer.api.http.Limits;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementPortTest extends ApiTest {
  private static final int CLIENTS = 2_000;
  private static final Duration PROBING = Duration.ofSeconds(6);
  private static final String[] PROBES = {"/health/live", "/health/ready", "/metrics"};

  private ApiServer server;
  private Client main;
  private Client management;

  @BeforeEach
  void serve() {
    store.champion("SPY", 300);
    use(server(NEW_YEARS_EVE));
  }

  private void use(ApiServer started) {
    server = started;
    main = new Client(server.port());
    management = new Client(server.managementPort());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/live", "/health/ready", "/metrics"})
  void bothPortsAnswerHealthChecksAndMetrics(String path) throws Exception {
    assertThat(management.status(path)).isEqualTo(200);
    assertThat(main.status(path)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/predictionForTomorrow", "/models/SPY", "/x"})
  void theManagementPortAnswersNothingElse(String path) throws Exception {
    assertProblem(management.get(path), 404);
    assertThat(management.get(path).body())
        .contains("/health/live, /health/ready, /metrics")
        .doesNotContain("/models/TICKER");
  }

  @Test
  void twoThousandBusyClientsFailNoProbe() throws Exception {
    try (BusyClients busy = new BusyClients(server.port(), CLIENTS)) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> busy.served() >= Limits.DEFAULT.connections());
      long before = busy.answers();
      long until = System.nanoTime() + PROBING.toNanos();
      int probes = 0;
      while (System.nanoTime() < until) {
        for (String path : PROBES) {
          assertThat(probe(path)).as(path).startsWith("HTTP/1.1 200 ");
          probes++;
        }
      }
      assertThat(probes).isGreaterThan(PROBES.length);
      assertThat(busy.answers() - before).as("requests of the busy clients").isPositive();
    }
    soon().until(() -> main.status("/predictionForTomorrow"), status -> status == 200);
  }

  /** Connects, asks and closes, as a kubelet does; a probe fails after two seconds. */
  private String probe(String path) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.managementPort())) {
      socket.setSoTimeout(2_000);
      String request = "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".formatted(path);
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  @Test
  void silentClientsOfTheMainPortDoNotReachTheManagementPort() throws Exception {
    Limits small = new Limits(6, 8, 4, 8 << 10, Duration.ofMinutes(1), Duration.ofMinutes(1));
    use(server(small, NEW_YEARS_EVE));
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        silent.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
      }
      for (String path : PROBES) {
        assertThat(management.status(path)).isEqualTo(200);
      }
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void theManagementPortRefusesRequestsWithABody() throws Exception {
    String chunked =
        "GET /health/live HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    String second = "GET /health/ready HTTP/1.1\r\nHost: x\r\n\r\n";

    String answers = management.raw(chunked + second);

    assertThat(answers)
        .startsWith("HTTP/1.1 400 ")
        .contains("Connection: close")
        .doesNotContain("200 OK");
  }

  @Test
  void silentClientsOfTheManagementPortAreDisconnectedWhenItsConnectionsAreTaken()
      throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        silent.add(new Socket(InetAddress.getLoopbackAddress(), server.managementPort()));
      }
      assertThat(management.status("/health/live")).isEqualTo(200); // waits for at most 10 s
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }
}
