package mlopsprimer.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import mlopsprimer.storage.Storage.Listed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStorageTest extends StorageContract {
  private static final String KEY = "champions/SPY.json";

  @TempDir Path directory;

  private Path root() {
    return directory.resolve("new/models");
  }

  @Override
  Storage open() {
    return new DirectoryStorage(root());
  }

  @Test
  void anObjectIsAFileWithThePathOfItsKey() throws IOException {
    open().putIfAbsent(KEY, bytes("one"));

    assertThat(root().resolve(KEY)).hasContent("one");
    assertThat(open().describe(KEY)).isEqualTo(root().resolve(KEY).toString());
  }

  @Test
  void readingAndListingCreateNothing() {
    Storage storage = open();
    storage.read(KEY, 1);
    storage.list("champions/");
    storage.delete(KEY);

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void theFileOfAKilledWriterIsRemovedByTheNextPut() throws IOException {
    open().putIfAbsent(KEY, bytes("one"));
    Path leftover = Files.writeString(root().resolve(".tmp-put"), "half of an obj");

    assertThat(open().putIfAbsent("latest/SPY.json", bytes("two"))).isPresent();
    assertThat(leftover).doesNotExist();
    try (Stream<Path> files = Files.list(root())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(".lock", "champions", "latest");
    }
  }

  @Test
  void deletingTheLastObjectOfADirectoryRemovesTheDirectory() {
    Storage storage = open();
    storage.putIfAbsent("versions/SPY/a/model.bin", bytes("x"));
    storage.putIfAbsent("versions/QQQ/a/model.bin", bytes("x"));
    storage.delete("versions/SPY/a/model.bin");

    assertThat(root().resolve("versions/SPY")).doesNotExist();
    assertThat(root().resolve("versions/QQQ/a/model.bin")).exists();
  }

  @Test
  void anEditInPlaceThatKeepsSizeAndModificationTimeChangesTheTag() throws IOException {
    String tag = open().putIfAbsent(KEY, bytes("one")).orElseThrow();
    FileTime time = Files.getLastModifiedTime(root().resolve(KEY));
    Files.writeString(root().resolve(KEY), "two");
    Files.setLastModifiedTime(root().resolve(KEY), time);

    assertThat(open().read(KEY, 10).orElseThrow().tag()).isNotEqualTo(tag);
    assertThat(open().list("champions/")).extracting(Listed::tag).doesNotContain(tag);
  }

  @Test
  void aLinkInPlaceOfAnObjectIsRefusedAndNotListed() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "secret");
    Files.createDirectories(root().resolve("champions"));
    Files.createSymbolicLink(root().resolve(KEY), secret);

    assertRefused(() -> open().read(KEY, 100));
    assertRefused(() -> open().putIfAbsent(KEY, bytes("x")));
    assertRefused(() -> open().delete(KEY));
    assertThat(open().list("champions/")).isEmpty();
    assertThat(secret).hasContent("secret");
  }

  @Test
  void aLinkInPlaceOfADirectoryIsRefused() throws IOException {
    Path outside = Files.createDirectories(directory.resolve("outside"));
    Files.writeString(outside.resolve("SPY.json"), "secret");
    Files.createDirectories(root());
    Files.createSymbolicLink(root().resolve("champions"), outside);

    assertRefused(() -> open().read(KEY, 100));
    assertRefused(() -> open().putIfAbsent("champions/QQQ.json", bytes("x")));
    assertRefused(() -> open().list("champions/"));
    assertThat(outside.resolve("QQQ.json")).doesNotExist();
  }

  @Test
  void theRootMayBeALink() throws IOException {
    Files.createDirectories(root());
    Path link = Files.createSymbolicLink(directory.resolve("link"), root());

    assertThat(new DirectoryStorage(link).putIfAbsent(KEY, bytes("one"))).isPresent();
    assertThat(open().list("champions/")).hasSize(1);
  }

  @Test
  void aDirectoryInPlaceOfAnObjectIsNoObject() throws IOException {
    Files.createDirectories(root().resolve(KEY));

    assertThat(open().read(KEY, 1)).isEmpty();
    assertThatThrownBy(() -> open().putIfAbsent(KEY, bytes("x")))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("cannot write: path=" + root().resolve(KEY));
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsReportedAndCanBeRead() throws IOException {
    open().putIfAbsent(KEY, bytes("one"));
    Files.setPosixFilePermissions(root(), PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeTrue(!Files.isWritable(root()), "root may write everywhere");

      assertThat(new String(open().read(KEY, 10).orElseThrow().bytes(), UTF_8)).isEqualTo("one");
      assertThat(open().list("champions/")).hasSize(1);
      assertThatThrownBy(() -> open().putIfAbsent("latest/SPY.json", bytes("x")))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("check that the volume is mounted, writable and not full");
    } finally {
      Files.setPosixFilePermissions(root(), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static void assertRefused(Runnable access) {
    assertThatThrownBy(access::run)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("is a link or a special file");
  }
}
