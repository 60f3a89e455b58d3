package mlopsprimer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LifecycleTest extends ApiTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Thread stopping;

  @Test
  void aDrainingServerIsNotReady() throws Exception {
    Client client = draining();

    assertThat(client.status("/health/ready")).isEqualTo(503);
  }

  @Test
  void aDrainingServerIsLive() throws Exception {
    assertThat(draining().status("/health/live")).isEqualTo(200);
  }

  @Test
  void aDrainingServerAsksItsClientsToConnectElsewhere() throws Exception {
    assertThat(draining().get("/predictionForTomorrow").headers().firstValue("Connection"))
        .hasValue("close");
  }

  @Test
  void aStoppedServerAcceptsNoConnection() throws Exception {
    store.champion("SPY", 300);
    ApiServer server = server(NEW_YEARS_EVE);
    Client client = new Client(server.port());
    assertThat(client.status("/health/ready")).isEqualTo(200);

    server.stop(Duration.ZERO);

    assertThatThrownBy(() -> client.get("/health/live")).isInstanceOf(IOException.class);
  }

  @Test
  void twoServersInOneProcessShareNothing() throws Exception {
    store.champion("SPY", 300);
    Client first = start();
    Client second = start("--threshold=0.1");

    assertThat(first.json("/predictionForTomorrow").get("prediction").getAsString())
        .isEqualTo("DOWN");
    assertThat(second.json("/predictionForTomorrow").get("prediction").getAsString())
        .isEqualTo("UP");
  }

  @Test
  void aPortInUseIsReportedInOneLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(run("--port", String.valueOf(taken.getLocalPort()), "--management-port", "0"))
          .isEqualTo(2);

      assertThat(err.toString().lines()).hasSize(1);
      assertThat(err.toString())
          .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort(), "--port");
    }
  }

  @Test
  void bothPortsInUseAreReportedAtOnce() throws IOException {
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(one.getLocalPort());
      String managementPort = String.valueOf(other.getLocalPort());

      assertThat(run("--port", port, "--management-port", managementPort)).isEqualTo(2);

      assertThat(err.toString())
          .contains("127.0.0.1:" + port, "--port", "127.0.0.1:" + managementPort)
          .contains("choose another --host or --management-port");
    }
  }

  @Test
  void oneNumberForBothPortsIsReportedInOneLine() {
    assertThat(run("--port", "8081")).isEqualTo(2);

    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("--port and --management-port are both 8081");
  }

  @Test
  void aDrainingServerIsNotReadyOnItsManagementPort() throws Exception {
    store.champion("SPY", 300);
    ApiServer server = server(NEW_YEARS_EVE);
    Client management = new Client(server.managementPort());
    stopping = new Thread(() -> stop(server));
    stopping.start();

    soon().until(() -> management.status("/health/ready"), status -> status == 503);
    assertThat(management.status("/health/live")).isEqualTo(200);
  }

  @Test
  void allProblemsOfTheSettingsAreReportedAtOnce() {
    assertThat(run("--port", "65536", "--ticker", "../x", "--threshold", "2", "--host", "a b"))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("4 problems", "--port", "--ticker", "--threshold", "--host");
  }

  @Test
  void anUnknownOptionIsAUsageError() {
    assertThat(run("--prot", "1")).isEqualTo(2);
    assertThat(err.toString()).contains("--prot", "api --help");
  }

  @Test
  void anEnvironmentVariableIsTheDefaultOfItsOption() {
    int status =
        Main.run(
            new String[0],
            Map.of("PORT", "x", "THRESHOLD", ""),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            start -> start.get().close());

    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).contains("--port is 'x'").doesNotContain("--threshold");
  }

  @Test
  void helpExitsWithZero() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains("--store", "--host", "--port", "--management-port", "--ticker", "--threshold");
  }

  private int run(String... arguments) {
    return Main.run(
        arguments,
        Map.of("STORE", root.toString()),
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        start -> start.get().close());
  }

  /** A client of a server that was ready and now drains until the end of the test. */
  private Client draining() throws Exception {
    store.champion("SPY", 300);
    ApiServer server = server(NEW_YEARS_EVE);
    Client client = new Client(server.port());
    assertThat(client.status("/health/ready")).isEqualTo(200);
    stopping = new Thread(() -> stop(server));
    stopping.start();
    soon().until(() -> client.status("/health/ready"), status -> status == 503);
    return client;
  }

  @AfterEach
  void endDraining() throws InterruptedException {
    if (stopping != null) {
      stopping.interrupt();
      stopping.join();
    }
  }

  private static void stop(ApiServer server) {
    try {
      server.stop(Duration.ofMinutes(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
