package mlopsprimer.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mlopsprimer.fixtures.Models;
import mlopsprimer.prices.DataSource;
import mlopsprimer.storage.DirectoryStorage;
import mlopsprimer.storage.Storage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldLayoutTest {
  private static final DataSource YAHOO = new DataSource("yahoo");

  @TempDir Path directory;

  /** A store of the older layout, from which each test copies. */
  private Path old;

  /** Content of the new layout, by key. */
  private final Map<String, String> content = new TreeMap<>();

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @BeforeEach
  void makeOldStore() throws IOException {
    Path made = directory.resolve("made");
    StoreWriter writer = new StoreWriter(store(made));
    String first = Models.store(writer, 1, Models.NOON);
    writer.offerLatest(row(1));
    writer.promote(first, "first", Models.NOON);
    writer.logServed(Models.NOON);
    writer.promote(Models.store(writer, 2, Models.NOON.plusSeconds(60)), "not worse", Models.NOON);
    content.putAll(objects(made));
    assertThat(content).hasSize(11);

    old = directory.resolve("old");
    Path ticker = old.resolve("%5EGSPC");
    for (Map.Entry<String, String> object : content.entrySet()) {
      String key = object.getKey();
      Path file =
          ticker.resolve(
              key.startsWith("versions/")
                  ? key.replace("%5EGSPC/", "")
                  : Map.of(
                          "champions", "champion.json",
                          "latest", "latest.json",
                          "forecasts", "predictions.jsonl")
                      .get(key.substring(0, key.indexOf('/'))));
      Files.createDirectories(file.getParent());
      Files.write(file, object.getValue().getBytes(ISO_8859_1));
    }
    Files.createFile(ticker.resolve(".lock"));
    Files.createDirectories(ticker.resolve("versions/.tmp-20261123T120000000Z-0123456789ab"));
  }

  @Test
  void aStoreOfTheOlderLayoutIsFound() {
    assertThat(new OldLayout(old).tickers()).containsExactly(Models.TICKER);
    assertThat(new OldLayout(directory.resolve("none")).tickers()).isEmpty();
  }

  @Test
  void everyObjectIsMovedAndTheOldDirectoryIsDeleted() throws IOException {
    assertThat(new OldLayout(old).takeOver(all(old))).containsExactly(Models.TICKER);

    assertThat(objects(old)).isEqualTo(content);
    assertThat(old.resolve("%5EGSPC")).doesNotExist();
    assertThat(new OldLayout(old).takeOver(all(old))).isEmpty();
  }

  @Test
  void aStoreOfTheNewLayoutIsLeftAsItIs() throws IOException {
    Path made = directory.resolve("made");

    assertThat(new OldLayout(made).takeOver(all(made))).isEmpty();
    assertThat(objects(made)).isEqualTo(content);
  }

  @Test
  void aRunThatIsKilledAtAnyStepIsCompletedByTheNextOne() throws IOException {
    int steps = 0;
    for (boolean killed = true; killed; steps++) {
      Path copy = copy("killed" + steps);
      AtomicInteger left = new AtomicInteger(steps);
      OldLayout layout =
          new OldLayout(
              copy,
              () -> {
                if (left.getAndDecrement() == 0) {
                  throw new Killed();
                }
              });
      try {
        layout.takeOver(all(copy));
        killed = false;
      } catch (Killed e) {
        assertThatTheChampionIsWholeOrStillToCome(copy);
      }

      new OldLayout(copy).takeOver(all(copy));

      assertThat(objects(copy)).as("killed at step %d", steps).isEqualTo(content);
      assertThat(copy.resolve("%5EGSPC").toFile().list()).as("no old file").isNullOrEmpty();
    }
    assertThat(steps).isGreaterThan(20);
  }

  private static void assertThatTheChampionIsWholeOrStillToCome(Path root) {
    store(root).champion().ifPresent(champion -> store(root).load(champion.version()));
    assertThat(store(root).champion().isPresent() || !new OldLayout(root).tickers().isEmpty())
        .isTrue();
  }

  @Test
  void whatTheNewLayoutHasIsKeptAndTheRestIsMerged() throws IOException {
    StoreWriter writer = new StoreWriter(store(old));
    String newest = Models.store(writer, 3, Models.NOON.plusSeconds(99));
    writer.offerLatest(row(3));
    writer.promote(newest, "by the new program", Models.NOON.plusSeconds(99));
    writer.logServed(Models.NOON.plusSeconds(99));

    new OldLayout(old).takeOver(all(old));

    assertThat(store(old).champion().orElseThrow().version()).isEqualTo(newest);
    assertThat(store(old).versions()).hasSize(3);
    assertThat(store(old).latest().ofSchema(Models.SCHEMA).orElseThrow().row().asOf())
        .isEqualTo(LocalDate.EPOCH.plusDays(3));
    assertThat(Files.readAllLines(old.resolve("forecasts/%5EGSPC.jsonl"))).hasSize(2);
  }

  @Test
  void filesOfSomebodyElseStay() throws IOException {
    Path notes = old.resolve("%5EGSPC/notes.txt");
    Files.writeString(notes, "mine");
    Files.createDirectories(old.resolve("lost+found"));
    Files.createDirectories(old.resolve("QQQ"));

    new OldLayout(old).takeOver(all(old));

    assertThat(notes).hasContent("mine");
    assertThat(old.resolve("QQQ")).isEmptyDirectory();
    assertThat(new OldLayout(old).tickers()).isEmpty();
  }

  @Test
  void aDamagedOldVersionIsMovedAsItIsAndRefusedByReaders() throws IOException {
    String version = store(directory.resolve("made")).versions().get(0);
    Files.write(old.resolve("%5EGSPC/versions/" + version + "/model.bin"), new byte[3]);

    new OldLayout(old).takeOver(all(old));

    assertThatThrownBy(() -> store(old).load(version)).hasMessageContaining("altered model");
  }

  private Path copy(String name) throws IOException {
    Path target = directory.resolve(name);
    try (Stream<Path> tree = Files.walk(old)) {
      for (Path path : tree.toList()) {
        Path to = target.resolve(old.relativize(path));
        if (Files.isDirectory(path)) {
          Files.createDirectories(to);
        } else {
          Files.copy(path, to);
        }
      }
    }
    return target;
  }

  private static Map<String, String> objects(Path root) {
    Map<String, String> objects = new TreeMap<>();
    Storage storage = new DirectoryStorage(root);
    for (String folder : new String[] {"champions/", "latest/", "forecasts/", "versions/"}) {
      for (Storage.Listed object : storage.list(folder)) {
        byte[] bytes = storage.read(object.key(), 1 << 20).orElseThrow().bytes();
        objects.put(object.key(), new String(bytes, ISO_8859_1));
      }
    }
    return objects;
  }

  private static ModelStore all(Path root) {
    return new ModelStore(new DirectoryStorage(root));
  }

  private static TickerStore store(Path root) {
    return all(root).ticker(Models.TICKER);
  }

  private static LatestFeatures.SourcedRow row(int day) {
    return new LatestFeatures.SourcedRow(YAHOO, Models.row(LocalDate.EPOCH.plusDays(day)));
  }
}
