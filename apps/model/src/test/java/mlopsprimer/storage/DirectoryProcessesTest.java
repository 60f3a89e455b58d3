package mlopsprimer.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static mlopsprimer.storage.CountingProcess.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes that write to one directory. */
class DirectoryProcessesTest {
  private static final int PROCESSES = 3;
  private static final int ROUNDS = 60;

  @TempDir Path directory;

  private Storage storage;

  @BeforeEach
  void startAtZero() {
    storage = new DirectoryStorage(directory);
    storage.putIfAbsent(KEY, StorageContract.bytes("0"));
  }

  @Test
  void parallelProcessesLoseNoUpdate() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      processes.add(count(ROUNDS));
    }
    for (Process process : processes) {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isZero();
    }

    assertThat(number()).isEqualTo(PROCESSES * ROUNDS);
  }

  @Test
  void aProcessThatIsKilledBlocksNobodyAndLeavesWholeObjects() throws Exception {
    for (int i = 0; i < PROCESSES; i++) {
      Process process = count(Integer.MAX_VALUE);
      process.getInputStream().readNBytes(5 + i);
      process.destroyForcibly().waitFor();
      int before = number();
      long start = System.nanoTime();
      String tag = storage.read(KEY, 100).orElseThrow().tag();

      assertThat(
              storage.putIfUnchanged(KEY, StorageContract.bytes(String.valueOf(before + 1)), tag))
          .isPresent();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(number()).isEqualTo(before + 1);
    }
  }

  private int number() {
    return Integer.parseInt(new String(storage.read(KEY, 100).orElseThrow().bytes(), UTF_8));
  }

  private Process count(int rounds) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            CountingProcess.class.getName(),
            directory.toString(),
            String.valueOf(rounds))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
