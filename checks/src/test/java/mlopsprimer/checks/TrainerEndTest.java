package mlopsprimer.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How a trainer ends: the last line that it prints is the reason, and it leaves no temporary file.
 * Other threads run while the program ends, so each failure is repeated.
 */
class TrainerEndTest {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);
  private static final int REPETITIONS = 3;

  @TempDir Path directory;
  private Path temporary;

  @BeforeEach
  void makeTheDirectoryForTemporaryFiles() throws IOException {
    temporary = Files.createDirectory(directory.resolve("temporary"));
  }

  @RepeatedTest(REPETITIONS)
  void aFileThatDoesNotExistEndsWithTheReason() throws Exception {
    assertEnds(10, "cannot read prices: ", "--source", "csv:" + directory.resolve("none.csv"));
  }

  @RepeatedTest(REPETITIONS)
  void aFileWithoutColumnsEndsWithTheReason() throws Exception {
    Path file = Files.writeString(directory.resolve("prices.csv"), "date,open\n2024-01-02,1\n");

    assertEnds(20, "missing columns: ", "--source", "csv:" + file);
  }

  @RepeatedTest(REPETITIONS)
  void tooFewPricesEndWithTheReason() throws Exception {
    assertEnds(20, "too few prices: ", "--source", "sample", "--history", "1m");
  }

  @RepeatedTest(REPETITIONS)
  void aSourceThatRefusesTheConnectionEndsWithTheReason() throws Exception {
    String url = "http://127.0.0.1:" + Http.freePort();

    assertEnds(10, "cannot reach Yahoo: ", "--source", "yahoo", "--yahoo-base-url", url);
  }

  @RepeatedTest(REPETITIONS)
  void aStoreThatIsAFileEndsWithTheReason() throws Exception {
    Path store = Files.createFile(directory.resolve("models"));

    assertEnds(40, "cannot read: path=" + store, "--source", "sample", "--trees", "1");
  }

  @Test
  void aSettingThatIsRefusedEndsWithTheReason() throws Exception {
    assertEnds(2, "--trees is '0': ", "--trees", "0");
  }

  @Test
  void aTrainingThatSucceedsLeavesNoTemporaryFile() throws Exception {
    try (Program run = train("--source", "sample", "--trees", "5")) {
      assertThat(run.exitCode(A_MINUTE)).as(run.describe()).isZero();
    }
    assertThat(temporaryFiles()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"event=started", "event=prices"})
  void aTrainerThatIsTerminatedEndsWithTheReason(String moment) throws Exception {
    try (Program run = train("--source", "sample", "--trees", "10000")) {
      await()
          .pollInterval(Duration.ofMillis(5))
          .atMost(A_MINUTE)
          .until(run::output, output -> output.contains(moment));
      run.terminate();
      assertThat(run.exitCode(A_MINUTE)).as(run.describe()).isEqualTo(128 + 15);
      assertThat(lastLineOf(run)).startsWith("ended by a signal");
    }
    assertThat(temporaryFiles()).isEmpty();
  }

  private void assertEnds(int exitCode, String reason, String... options) throws Exception {
    try (Program run = train(options)) {
      assertThat(run.exitCode(A_MINUTE)).as(run.describe()).isEqualTo(exitCode);
      assertThat(lastLineOf(run)).as(run.describe()).startsWith(reason);
    }
    assertThat(temporaryFiles()).isEmpty();
  }

  private Program train(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(Program.java("-Djava.io.tmpdir=" + temporary, "trainer"));
    command.add(1, "@" + Program.ROOT.resolve("apps/trainer/jvm.options"));
    command.addAll(List.of("train", "--ticker", "SPY"));
    command.addAll(List.of("--store", directory.resolve("models").toString()));
    command.addAll(List.of(options));
    return Program.start(command);
  }

  private static String lastLineOf(Program run) {
    return run.output().lines().reduce("", (before, line) -> line);
  }

  private List<Path> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.toList();
    }
  }
}
