package mlopsprimer.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mlopsprimer.contract.Ticker;
import mlopsprimer.storage.DirectoryStorage;
import mlopsprimer.store.Champion;
import mlopsprimer.store.ModelStore;
import mlopsprimer.store.TickerStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults during a training: full or failing disks, too little memory, signals, parallel runs. */
class TrainerFaultsTest {
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  @TempDir Path directory;
  private Path root;
  private TickerStore store;

  @BeforeEach
  void choosePlaces() {
    root = directory.resolve("models");
    store = new ModelStore(new DirectoryStorage(root)).ticker(Ticker.of("SPY"));
  }

  @ParameterizedTest
  @CsvSource({"fsync, 8", "rename, 2"})
  void aTrainerThatIsKilledAtAnyStepOfAWriteLeavesAUsableStore(String call, int steps)
      throws Exception {
    assumeTrue(canTrace(), "strace is not installed, or is not allowed to trace");
    succeed(train(0));
    int step = 1;
    // Each step uses another seed, so that the trainer has a new version to write.
    while (isKilled(inject(call + ":signal=KILL:when=" + step, train(step)))) {
      assertServable();
      step++;
    }
    assertThat(step - 1)
        .as("number of calls of %s in a whole run", call)
        .isGreaterThanOrEqualTo(steps);
    assertServable();
    assertThat(temporaryFiles()).isEmpty();
  }

  /** Runs a command and returns whether SIGKILL ended it. Otherwise it must succeed. */
  private static boolean isKilled(List<String> command) throws Exception {
    try (Program run = Program.start(command)) {
      int exitCode = run.exitCode(A_MINUTE);
      assertThat(exitCode).as(run.describe()).isIn(0, 128 + 9);
      return exitCode != 0;
    }
  }

  @Test
  void aDiskThatFailsIsAStorageError() throws Exception {
    assumeTrue(canTrace(), "strace is not installed, or is not allowed to trace");
    succeed(train(0));
    String champion = assertServable();

    assertFails(inject("fsync:error=EIO:when=3", train(1)), 40, root.toString(), "free=");

    assertThat(assertServable()).as("the champion is the previous one").isEqualTo(champion);
  }

  /**
   * Checks that the champion, the latest features and the forecasts can be read.
   *
   * @return the champion's version
   */
  private String assertServable() {
    Champion champion = store.champion().orElseThrow();
    String schema = store.load(champion.version()).model().schemaId();
    assertThat(store.latest().ofSchema(schema)).isPresent();
    assertThat(store.predictions().realised()).isNotNull();
    return champion.version();
  }

  private List<Path> temporaryFiles() throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      return tree.filter(path -> path.getFileName().toString().startsWith(".tmp-")).toList();
    }
  }

  /**
   * The command with a fault in one of its system calls, which strace injects. The JVM itself calls
   * neither fsync nor rename.
   */
  private static List<String> inject(String fault, List<String> command) {
    List<String> line =
        new ArrayList<>(
            List.of("strace", "-f", "-o", "/dev/null", "-e", "trace=fsync,rename", "-e"));
    line.add("inject=" + fault);
    line.addAll(command);
    return line;
  }

  private static boolean canTrace() throws InterruptedException {
    try (Program strace =
        Program.start(List.of("strace", "-f", "--seccomp-bpf", "--trace=fsync,rename", "true"))) {
      return strace.exitCode(A_MINUTE) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aForestThatDoesNotFitInTheHeapIsRefusedBeforeItIsGrown() throws Exception {
    List<String> command = new ArrayList<>(Program.java("-Xmx16m", "trainer"));
    command.addAll(
        options(1, "--threads", "4", "--trees", "1000", "--max-depth", "0", "--min-leaf", "1"));
    try (Program run = Program.start(command)) {
      assertThat(run.exitCode(A_MINUTE)).as(run.describe()).isEqualTo(2);
      assertThat(run.output()).contains("do not fit in the heap", "trees=1000", "fewer --trees");
    }
    assertThat(store.champion()).as("champion").isEmpty();
    assertThat(store.versions()).as("versions").isEmpty();
  }

  @Test
  void aTrainerThatIsTerminatedLeavesTheStoreAsItWas() throws Exception {
    try (Program run = Program.app("trainer", args(options(1, "--trees", "10000")))) {
      await().atMost(A_MINUTE).until(run::output, output -> output.contains("event=prices"));
      run.terminate();
      assertThat(run.exitCode(Duration.ofSeconds(5))).isNotZero();
    }
    assertThat(store.champion()).as("champion").isEmpty();
    assertThat(store.versions()).as("versions").isEmpty();
  }

  @Test
  void threeTrainersAtOnceLoseNothing() throws Exception {
    try (Program first = Program.start(train(1));
        Program second = Program.start(train(2));
        Program third = Program.start(train(3))) {
      for (Program run : List.of(first, second, third)) {
        assertThat(run.exitCode(A_MINUTE)).as(run.describe()).isZero();
      }
    }
    assertServable();
    for (String version : store.versions()) {
      assertThat(store.load(version).id()).isEqualTo(version);
    }
    assertThat(store.versions()).hasSize(3);
    assertThat(root.resolve("forecasts/SPY.jsonl")).content().hasLineCount(3);
  }

  @Test
  @Tag("root")
  void aFullVolumeIsAStorageError() throws Exception {
    try (Volume volume = Volume.mount(root, "size=400k")) {
      succeed(train(1));
      String champion = assertServable();
      volume.fill();

      assertFails(train(2), 40, root.toString(), "free=0 bytes");

      assertThat(assertServable()).as("the champion is the previous one").isEqualTo(champion);
      volume.free();
      succeed(train(2));
      assertThat(temporaryFiles()).isEmpty();
    }
  }

  @Test
  @Tag("root")
  void aReadOnlyVolumeIsAStorageError() throws Exception {
    try (Volume volume = Volume.mount(root, "size=4m")) {
      succeed(train(1));
      String champion = assertServable();
      volume.remount("ro");

      assertFails(train(2), 40, root.toString(), "Read-only file system");

      assertThat(assertServable()).as("the champion is the previous one").isEqualTo(champion);
    }
  }

  private static void succeed(List<String> command) throws Exception {
    try (Program run = Program.start(command)) {
      assertThat(run.exitCode(A_MINUTE)).as(run.describe()).isZero();
    }
  }

  private static void assertFails(List<String> command, int exitCode, String... facts)
      throws Exception {
    try (Program run = Program.start(command)) {
      assertThat(run.exitCode(A_MINUTE)).as(run.describe()).isEqualTo(exitCode);
      assertThat(run.output()).contains(facts);
    }
  }

  private List<String> train(int seed) {
    List<String> command = new ArrayList<>(Program.java("@apps/trainer/jvm.options", "trainer"));
    command.addAll(options(seed, "--trees", "5"));
    return command;
  }

  private List<String> options(int seed, String... more) {
    List<String> options =
        new ArrayList<>(
            List.of("train", "--source", "sample", "--store", root.toString(), "--ticker", "SPY"));
    options.addAll(List.of("--seed", String.valueOf(seed)));
    options.addAll(List.of(more));
    return options;
  }

  private static String[] args(List<String> options) {
    return options.toArray(String[]::new);
  }
}
