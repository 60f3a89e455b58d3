package mlopsprimer.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import mlopsprimer.storage.Storage.Listed;
import mlopsprimer.storage.Storage.StoredObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every storage does. */
abstract class StorageContract {
  private static final String KEY = "champions/SPY.json";
  private static final int THREADS = 8;
  private static final int ROUNDS = 25;

  /** An empty storage. */
  private Storage storage;

  /** Another connection to the same storage, as another process has it. */
  private Storage other;

  /** Opens the storage of the running test, which is empty at first. */
  abstract Storage open() throws Exception;

  @BeforeEach
  void openTwice() throws Exception {
    storage = open();
    other = open();
  }

  @AfterEach
  void closeBoth() {
    storage.close();
    other.close();
  }

  @Test
  void anObjectThatWasNeverWrittenIsAbsent() {
    assertThat(read(KEY)).isEmpty();
    assertThat(storage.list("champions/")).isEmpty();
  }

  @Test
  void theFirstPutOfAKeyIsReadWithItsTag() {
    String tag = storage.putIfAbsent(KEY, bytes("one")).orElseThrow();

    StoredObject object = other.read(KEY, 3).orElseThrow();
    assertThat(object.bytes()).isEqualTo(bytes("one"));
    assertThat(object.tag()).isEqualTo(tag);
  }

  @Test
  void aPutIfAbsentLeavesAnExistingObjectAsItIs() {
    storage.putIfAbsent(KEY, bytes("one"));

    assertThat(other.putIfAbsent(KEY, bytes("two"))).isEmpty();
    assertThat(other.putIfAbsent(KEY, bytes("one"))).isEmpty();
    assertThat(read(KEY)).contains("one");
  }

  @Test
  void aPutWithTheTagOfTheObjectReplacesIt() {
    String first = storage.putIfAbsent(KEY, bytes("one")).orElseThrow();
    String second = other.putIfUnchanged(KEY, bytes("two"), first).orElseThrow();

    assertThat(second).isNotEqualTo(first);
    assertThat(read(KEY)).contains("two");
    assertThat(storage.read(KEY, 100).orElseThrow().tag()).isEqualTo(second);
  }

  @Test
  void aPutWithAStaleTagWritesNothing() {
    String first = storage.putIfAbsent(KEY, bytes("one")).orElseThrow();
    other.putIfUnchanged(KEY, bytes("two"), first);

    assertThat(storage.putIfUnchanged(KEY, bytes("six"), first)).isEmpty();
    assertThat(read(KEY)).contains("two");
  }

  @Test
  void aPutWithATagWritesNothingIfTheObjectIsGone() {
    String tag = storage.putIfAbsent(KEY, bytes("one")).orElseThrow();
    other.delete(KEY);

    assertThat(storage.putIfUnchanged(KEY, bytes("two"), tag)).isEmpty();
    assertThat(read(KEY)).isEmpty();
  }

  @Test
  void tagsOfDifferentBytesOfOneSizeDiffer() {
    List<String> tags = new ArrayList<>();
    tags.add(storage.putIfAbsent(KEY, bytes("00")).orElseThrow());
    for (int i = 1; i < 30; i++) {
      byte[] bytes = bytes("%02d".formatted(i));
      String last = tags.get(tags.size() - 1);
      if (i % 3 == 0) {
        storage.delete(KEY);
        tags.add(storage.putIfAbsent(KEY, bytes).orElseThrow());
      } else {
        tags.add(storage.putIfUnchanged(KEY, bytes, last).orElseThrow());
      }
    }

    assertThat(tags).doesNotHaveDuplicates();
  }

  @Test
  void aDeletedObjectIsAbsentAndCanBeWrittenAgain() {
    storage.putIfAbsent(KEY, bytes("one"));
    other.delete(KEY);

    assertThat(read(KEY)).isEmpty();
    assertThat(storage.list("champions/")).isEmpty();
    assertThat(storage.putIfAbsent(KEY, bytes("two"))).isPresent();
  }

  @Test
  void deletingAnObjectThatIsNotThereIsNoError() {
    storage.delete(KEY);
    storage.putIfAbsent("champions/QQQ.json", bytes("one"));
    storage.delete(KEY);

    assertThat(read("champions/QQQ.json")).contains("one");
  }

  @Test
  void aListingHasTheTagAndTheSizeThatAReadFinds() {
    storage.putIfAbsent(KEY, bytes("one"));
    storage.putIfAbsent("champions/QQQ.json", bytes("three"));

    for (Listed listed : other.list("champions/")) {
      StoredObject object = storage.read(listed.key(), listed.size()).orElseThrow();
      assertThat(listed.tag()).isEqualTo(object.tag());
      assertThat(listed.size()).isEqualTo(object.bytes().length);
    }
  }

  @Test
  void aListingHasEveryObjectBelowThePrefixInTheOrderOfTheKeys() {
    for (String key :
        List.of(
            "versions/SPY/b/model.bin",
            "versions/SPY/a/model.bin",
            "versions/SPY/a/manifest.json",
            "versions/SPY/a-1/model.bin",
            "versions/SPYG/a/model.bin",
            "latest/SPY.json")) {
      storage.putIfAbsent(key, bytes("x"));
    }

    assertThat(other.list("versions/SPY/"))
        .extracting(Listed::key)
        .containsExactly(
            "versions/SPY/a-1/model.bin",
            "versions/SPY/a/manifest.json",
            "versions/SPY/a/model.bin",
            "versions/SPY/b/model.bin");
    assertThat(other.list("versions/")).hasSize(5);
    assertThat(other.list("realised/")).isEmpty();
  }

  @Test
  void aListingHasMoreThanOneThousandObjects() throws Exception {
    int count = 1_050;
    inThreads(
        count,
        i ->
            assertThat(storage.putIfAbsent("latest/T%04d.json".formatted(i), bytes("x")))
                .isPresent());

    assertThat(other.list("latest/"))
        .extracting(Listed::key)
        .isEqualTo(IntStream.range(0, count).mapToObj("latest/T%04d.json"::formatted).toList());
  }

  @Test
  void keysWithPercentSignsDoNotMeanOtherKeys() {
    storage.putIfAbsent("champions/%5EGSPC.json", bytes("index"));
    storage.putIfAbsent("champions/EURUSD%3DX.json", bytes("pair"));
    storage.putIfAbsent("champions/%255EGSPC.json", bytes("other"));

    assertThat(read("champions/%5EGSPC.json")).contains("index");
    assertThat(other.list("champions/"))
        .extracting(Listed::key)
        .containsExactly(
            "champions/%255EGSPC.json", "champions/%5EGSPC.json", "champions/EURUSD%3DX.json");
    other.delete("champions/%5EGSPC.json");
    assertThat(read("champions/%255EGSPC.json")).contains("other");
    assertThat(read("champions/%5EGSPC.json")).isEmpty();
  }

  @Test
  void anObjectThatIsTooLargeIsNotRead() {
    storage.putIfAbsent(KEY, new byte[1_001]);

    assertThatThrownBy(() -> storage.read(KEY, 1_000))
        .isInstanceOf(TooLargeException.class)
        .hasMessageContaining("bytes=1001 most=1000")
        .hasMessageContaining(storage.describe(KEY));
    assertThat(storage.read(KEY, 1_001)).isPresent();
  }

  @Test
  void anEmptyObjectAndALargeOneAreReadAsTheyWereWritten() {
    byte[] large = new byte[8 << 20];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i * 31 + (i >> 13));
    }
    storage.putIfAbsent("versions/SPY/a/empty", new byte[0]);
    storage.putIfAbsent("versions/SPY/a/model.bin", large);

    assertThat(other.read("versions/SPY/a/empty", 0).orElseThrow().bytes()).isEmpty();
    assertThat(other.read("versions/SPY/a/model.bin", large.length).orElseThrow().bytes())
        .isEqualTo(large);
  }

  @Test
  void parallelWritersLoseNoUpdate() throws Exception {
    storage.putIfAbsent(KEY, bytes("0"));
    inThreads(
        THREADS,
        thread -> {
          Storage mine = thread % 2 == 0 ? storage : other;
          for (int round = 0; round < ROUNDS; ) {
            StoredObject old = mine.read(KEY, 100).orElseThrow();
            int next = Integer.parseInt(new String(old.bytes(), UTF_8)) + 1;
            if (mine.putIfUnchanged(KEY, bytes(String.valueOf(next)), old.tag()).isPresent()) {
              round++;
            }
          }
        });

    assertThat(read(KEY)).contains(String.valueOf(THREADS * ROUNDS));
  }

  @Test
  void oneOfSeveralParallelWritersCreatesAnObject() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String key = "champions/R%d.json".formatted(round);
      List<String> winners = new ArrayList<>();
      inThreads(
          THREADS,
          thread -> {
            Storage mine = thread % 2 == 0 ? storage : other;
            if (mine.putIfAbsent(key, bytes("writer " + thread)).isPresent()) {
              synchronized (winners) {
                winners.add("writer " + thread);
              }
            }
          });

      assertThat(winners).hasSize(1);
      assertThat(read(key)).contains(winners.get(0));
    }
  }

  @Test
  void aReaderSeesOldBytesOrNewBytesWhileAnObjectIsReplaced() throws Exception {
    byte[] zeros = new byte[200_000];
    String[] tag = {storage.putIfAbsent(KEY, zeros).orElseThrow()};
    inThreads(
        2,
        thread -> {
          for (int round = 1; round <= ROUNDS; round++) {
            if (thread == 0) {
              byte[] next = new byte[zeros.length];
              Arrays.fill(next, (byte) round);
              tag[0] = storage.putIfUnchanged(KEY, next, tag[0]).orElseThrow();
            } else {
              byte[] seen = other.read(KEY, zeros.length).orElseThrow().bytes();
              assertThat(seen).hasSize(zeros.length).containsOnly(seen[0]);
            }
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/a", "a/", "a//b", "..", "a/../b", ".lock", "a/.tmp-put", "a b", "a\\b", "é"})
  void aTextThatIsNoKeyIsRefused(String key) {
    assertThatThrownBy(() -> storage.read(key, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> storage.putIfAbsent(key, bytes("x")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> storage.putIfUnchanged(key, bytes("x"), "tag"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> storage.delete(key)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "champions", "../", "a//"})
  void aTextThatIsNoPrefixIsRefused(String prefix) {
    assertThatThrownBy(() -> storage.list(prefix)).isInstanceOf(IllegalArgumentException.class);
  }

  private Optional<String> read(String key) {
    return other.read(key, 1_000).map(object -> new String(object.bytes(), UTF_8));
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** Work of the thread or item with this number. */
  private interface Work {
    void run(int number) throws Exception;
  }

  private static void inThreads(int count, Work work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(count, THREADS));
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        tasks.add(
            () -> {
              work.run(number);
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
