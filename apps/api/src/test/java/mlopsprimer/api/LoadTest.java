package mlopsprimer.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import mlopsprimer.api.http.Limits;
import org.junit.jupiter.api.Test;

/** Many clients at the same time, some of them hostile. */
class LoadTest extends ApiTest {
  private static final String PATH = "/predictionForTomorrow";
  private static final int CLIENTS = 8;
  private static final int MOST_REQUESTS = 50_000;

  @Test
  void reloadsRollbacksAndCorruptUpdatesLoseNoRequest() throws Exception {
    String first = store.champion("SPY", 300);
    Client client = start();
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<Integer>> counts = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        counts.add(clients.submit(() -> askUntil(done, client)));
      }
      for (int up = 301; up <= 304; up++) {
        int confidence = up;
        store.champion("SPY", up);
        soon().until(client::confidence, c -> c == confidence / 1000.0);
      }
      store.damage("SPY", store.champion("SPY", 305));
      soon().until(client::metrics, m -> m.contains("reload_failures_total 1.0"));
      Path pointer = file("champions", "SPY");
      Files.writeString(pointer, "{");
      soon().until(client::metrics, m -> m.contains("reload_failures_total 2.0"));
      store.rollback("SPY", first);
      soon().until(client::confidence, c -> c == 0.3);
      done.set(true);
      for (Future<Integer> count : counts) {
        assertThat(count.get()).isPositive();
      }
    } finally {
      done.set(true);
      clients.shutdownNow();
    }
  }

  /**
   * Sends requests until {@code done} is true, and fails on the first answer that is not a
   * prediction.
   */
  private static int askUntil(AtomicBoolean done, Client client) throws Exception {
    int count = 0;
    while (!done.get() && count < MOST_REQUESTS) {
      var response = client.get(PATH);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      assertThat(response.body()).startsWith("{\"prediction\":\"DOWN\",\"confidence\":0.3");
      count++;
    }
    return count;
  }

  @Test
  void fiveHundredSlowClientsDoNotDelayTheOthers() throws Exception {
    store.champion("SPY", 300);
    Limits impatient =
        new Limits(8, 1024, 4096, 8 << 10, Duration.ofSeconds(1), Duration.ofSeconds(1));
    Client client = new Client(server(impatient, NEW_YEARS_EVE).port());
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 500; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), client.port());
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ".getBytes(US_ASCII));
        slow.add(socket);
      }
      for (int i = 0; i < 200; i++) {
        assertThat(client.status(PATH)).isEqualTo(200);
      }
      // A client that keeps sending bytes is never idle for Jetty.
      awaitHangUp(slow.get(0));
      for (Socket socket : slow) {
        socket.setSoTimeout(10_000);
        assertThat(isHungUp(socket)).isTrue();
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  /** Sends a byte every 50 ms until the server closes the connection. */
  private static void awaitHangUp(Socket socket) {
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofSeconds(10))
        .until(() -> !isAccepted(socket));
  }

  private static boolean isAccepted(Socket socket) {
    try {
      socket.getOutputStream().write('y');
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isHungUp(Socket socket) {
    try {
      return socket.getInputStream().read() == -1;
    } catch (IOException e) {
      return e.getMessage().contains("reset") || e.getMessage().contains("abort");
    }
  }

  @Test
  void aClientThatKeepsAClosedConnectionOpenIsDisconnected() throws Exception {
    store.champion("SPY", 300);
    Limits limits = new Limits(8, 64, 64, 8 << 10, Duration.ofMillis(500), Duration.ofMillis(300));
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), server(limits, NEW_YEARS_EVE).port())) {
      socket
          .getOutputStream()
          .write("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));

      // The client waits in silence until the server closes its end of the connection.
      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII)).contains("live");
      awaitHangUp(socket); // each byte restarts the idle timeout of Jetty
    }
  }

  @Test
  void clientsThatDoNotReadTheirAnswersKeepNoThread() throws Exception {
    store.champion("SPY", 300);
    Limits small = new Limits(6, 64, 64, 8 << 10, Duration.ofMinutes(1), Duration.ofMillis(200));
    Client client = new Client(server(small, NEW_YEARS_EVE).port());
    byte[] burst = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".repeat(200).getBytes(US_ASCII);
    ExecutorService deaf = Executors.newFixedThreadPool(12);
    try {
      List<Future<?>> hungUpOn = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        hungUpOn.add(deaf.submit(() -> askAndNeverRead(client.port(), burst)));
      }
      for (Future<?> each : hungUpOn) {
        each.get(20, TimeUnit.SECONDS);
      }
      soon().until(() -> client.status(PATH), status -> status == 200);
    } finally {
      deaf.shutdownNow();
    }
  }

  /**
   * Sends requests and reads no answer. The method returns when the server closes the connection.
   */
  private static void askAndNeverRead(int port, byte[] burst) {
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      while (true) {
        socket.getOutputStream().write(burst);
      }
    } catch (IOException e) {
      // The server has closed the connection. The test expects this.
    }
  }

  @Test
  void whenAllConnectionsAreTakenSlowClientsAreDisconnected() throws Exception {
    store.champion("SPY", 300);
    Limits small = new Limits(6, 64, 16, 8 << 10, Duration.ofMinutes(1), Duration.ofMillis(300));
    Client client = new Client(server(small, NEW_YEARS_EVE).port());
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), client.port());
        socket
            .getOutputStream()
            .write((i % 2 == 0 ? "GET / HTTP/1.1\r\nX-Slow: " : "").getBytes(US_ASCII));
        slow.add(socket);
      }
      assertThat(client.status(PATH)).isEqualTo(200); // the client waits for at most 10 s
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void theServerRecoversFromAFloodThatTakesEveryThread() throws Exception {
    store.champion("SPY", 300);
    Limits small = new Limits(4, 8, 64, 8 << 10, Duration.ofSeconds(1), Duration.ofSeconds(1));
    Client client = new Client(server(small, NEW_YEARS_EVE).port());
    String burst = ("GET " + PATH + " HTTP/1.1\r\nHost: x\r\n\r\n").repeat(50);
    ExecutorService flood = Executors.newFixedThreadPool(64);
    try {
      List<Future<?>> floods = new ArrayList<>();
      for (int i = 0; i < 640; i++) {
        floods.add(flood.submit(() -> floodOnce(client.port(), burst)));
      }
      for (Future<?> each : floods) {
        each.get();
      }
    } finally {
      flood.shutdownNow();
    }
    soon().until(() -> client.status(PATH), status -> status == 200);
  }

  private static void floodOnce(int port, String burst) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(2_000);
      socket.getOutputStream().write(burst.getBytes(US_ASCII));
      socket.getInputStream().read(new byte[1 << 16]);
    } catch (IOException e) {
      // The server closed the connection because all its threads and queues were full.
    }
  }
}
