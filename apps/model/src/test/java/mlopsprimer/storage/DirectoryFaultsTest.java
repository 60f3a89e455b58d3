package mlopsprimer.storage;

import static mlopsprimer.storage.StorageContract.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mlopsprimer.storage.Storage.Listed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of a volume of 256 kB in memory. Only root can mount one, so others skip these tests. */
class DirectoryFaultsTest {
  private static final String KEY = "champions/SPY.json";

  @TempDir Path directory;

  private Path volume;
  private Storage storage;
  private String tag;

  @BeforeEach
  void mount() throws Exception {
    volume = Files.createDirectory(directory.resolve("volume"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", volume.toString()),
        "only root can mount a volume");
    storage = new DirectoryStorage(volume);
    tag = storage.putIfAbsent(KEY, bytes("one")).orElseThrow();
  }

  @AfterEach
  void unmount() throws Exception {
    if (storage != null) {
      assertThat(run("umount", volume.toString())).isTrue();
    }
  }

  @Test
  void aFullVolumeIsReportedAndKeepsTheOldObject() throws IOException {
    assertThatThrownBy(() -> storage.putIfUnchanged(KEY, new byte[300_000], tag))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("cannot write: path=" + volume.resolve(KEY))
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("check that the volume is mounted, writable and not full");

    assertThat(storage.read(KEY, 10).orElseThrow().bytes()).isEqualTo(bytes("one"));
    assertThat(storage.list("champions/")).extracting(Listed::tag).containsExactly(tag);
    assertThat(storage.putIfUnchanged(KEY, bytes("two"), tag)).isPresent();
    assertThat(volume.resolve(".tmp-put")).doesNotExist();
  }

  @Test
  void aVolumeThatCannotBeWrittenIsReportedAndCanBeRead() throws Exception {
    assertThat(run("mount", "-o", "remount,ro", volume.toString())).isTrue();

    assertThat(storage.read(KEY, 10).orElseThrow().tag()).isEqualTo(tag);
    assertThat(storage.list("champions/")).hasSize(1);
    assertReadOnly(() -> storage.putIfUnchanged(KEY, bytes("two"), tag));
    assertReadOnly(() -> storage.putIfAbsent("latest/SPY.json", bytes("two")));
    assertReadOnly(() -> storage.delete(KEY));
  }

  private static void assertReadOnly(Runnable access) {
    assertThatThrownBy(access::run)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("Read-only file system");
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
