package mlopsprimer.checks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Faults of a running API: signals, overload and a port that is taken. */
class ApiFaultsTest {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  @TempDir Path directory;
  private String store;
  private Http http;

  @BeforeEach
  void train() throws Exception {
    store = directory.resolve("models").toString();
    http = new Http(Http.freePort());
    try (Program trainer =
        Program.app("trainer", "train", "--source", "sample", "--trees", "5", "--store", store)) {
      assertThat(trainer.exitCode(A_MINUTE)).as(trainer.describe()).isZero();
    }
  }

  @Test
  void anApiThatIsTerminatedUnderLoadAnswersEveryRequest() throws Exception {
    try (Program api = api()) {
      ExecutorService clients = Executors.newFixedThreadPool(5);
      try {
        // A Service may send requests to a pod for five seconds after the pod stopped being ready.
        long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        List<Future<Integer>> answered = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          answered.add(clients.submit(() -> askUntil(until)));
        }
        Future<String> slow = clients.submit(() -> askSlowly(Duration.ofSeconds(4)));
        Thread.sleep(1_000);
        api.terminate();

        for (Future<Integer> count : answered) {
          assertThat(count.get()).as("requests of one client").isGreaterThan(50);
        }
        assertThat(slow.get()).startsWith("HTTP/1.1 200 ").contains("\"confidence\"");
        assertThat(api.exitCode(Duration.ofSeconds(20))).as(api.describe()).isZero();
      } finally {
        clients.shutdownNow();
      }
    }
  }

  /** Sends requests until a time and returns their number. Each must get a complete answer. */
  private int askUntil(long until) throws IOException, InterruptedException {
    int count = 0;
    while (System.nanoTime() < until && count < 20_000) {
      assertThat(raw("GET /predictionForTomorrow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ")
          .endsWith("}}");
      count++;
      Thread.sleep(2);
    }
    return count;
  }

  /** Sends a request with a pause before its last line, and returns the answer. */
  private String askSlowly(Duration pause) throws IOException, InterruptedException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.port())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write("GET /predictionForTomorrow HTTP/1.1\r\nHost: x\r\n".getBytes(US_ASCII));
      Thread.sleep(pause.toMillis());
      socket.getOutputStream().write("Connection: close\r\n\r\n".getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void anApiSurvivesTenTimesTheLoadThatItCanServe() throws Exception {
    String burst = "GET /predictionForTomorrow HTTP/1.1\r\nHost: x\r\n\r\n".repeat(100);
    try (Program api = api()) {
      ExecutorService clients = Executors.newFixedThreadPool(160);
      try {
        List<Future<?>> floods = new ArrayList<>();
        for (int i = 0; i < 1_600; i++) {
          floods.add(clients.submit(() -> flood(burst)));
        }
        for (Future<?> flood : floods) {
          flood.get();
        }
      } finally {
        clients.shutdownNow();
      }
      http.awaitStatus(Duration.ofSeconds(5), "/predictionForTomorrow", 200);
      assertThat(residentMebibytes(api)).as("resident mebibytes").isLessThan(200);
    }
  }

  /**
   * Sends a hundred requests at once and closes the connection after the first bytes of an answer.
   */
  private void flood(String burst) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.port())) {
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write(burst.getBytes(US_ASCII));
      socket.getInputStream().read(new byte[1 << 14]);
    } catch (IOException e) {
      // A server with limits may refuse or close the connection.
    }
  }

  private static long residentMebibytes(Program program) throws IOException {
    return Files.readAllLines(Path.of("/proc/%d/status".formatted(program.pid()))).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aSecondApiOnTheSamePortEndsWithAnError() throws Exception {
    try (Program first = api();
        Program second = start()) {
      assertThat(second.exitCode(A_MINUTE)).isEqualTo(2);
      assertThat(second.output()).hasLineCount(1).contains("cannot listen", "" + http.port());
      assertThat(first.isAlive()).as("the first API goes on").isTrue();
      assertThat(http.status("/predictionForTomorrow"))
          .as("status of a request to the first API")
          .isEqualTo(200);
    }
  }

  private Program api() throws Exception {
    Program api = start();
    http.awaitStatus(A_MINUTE, "/health/ready", 200);
    return api;
  }

  private Program start() throws IOException {
    String port = String.valueOf(http.port());
    return Program.app("api", "--store", store, "--port", port, "--management-port", "0");
  }

  /** Sends a request as it is, and returns the answer until the API closes the connection. */
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }
}
