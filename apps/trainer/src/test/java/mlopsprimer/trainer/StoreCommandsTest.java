package mlopsprimer.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import mlopsprimer.contract.Ticker;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.storage.DirectoryStorage;
import mlopsprimer.store.Champion;
import mlopsprimer.store.ModelStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that move a whole store: copy, and the takeover of the older layout. */
class StoreCommandsTest {
  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private int runs;

  @Test
  void aCopyBringsAStoreBack() {
    train("models", "42");
    assertThat(copy("models", "backup")).isZero();
    assertThat(out.toString())
        .contains("SPY             versions: 1 copied, 0 there before; champion: copied");

    assertThat(copy("backup", "returned")).isZero();

    assertThat(run("status", "--store", path("returned"))).isZero();
    assertThat(champion("returned")).isEqualTo(champion("models"));
  }

  @Test
  void aChampionThatIsNotOlderIsReplacedOnlyWithTheFlag() {
    train("models", "42");
    copy("models", "backup");
    train("models", "43");

    assertThat(copy("backup", "models")).isEqualTo(2);
    assertThat(err.toString()).contains("the champion of SPY stays at", "add --overwrite");
    assertThat(champion("models")).isNotEqualTo(champion("backup"));

    assertThat(copy("backup", "models", "--overwrite")).isZero();
    assertThat(champion("models")).isEqualTo(champion("backup"));
  }

  @Test
  void aDamagedModelIsAFailureOfTheStorage() throws IOException {
    train("models", "42");
    Files.write(
        directory
            .resolve("models/versions/SPY")
            .resolve(champion("models").version())
            .resolve("model.bin"),
        new byte[9]);

    assertThat(copy("models", "backup")).isEqualTo(40);
    assertThat(err.toString()).contains("the champion of SPY is damaged in the source");
  }

  @Test
  void aDamagedTickerDoesNotKeepTheOthersFromABackup() throws IOException {
    train("models", "42");
    Path champions = directory.resolve("models/champions");
    Files.writeString(champions.resolve("DIA.json"), "cut");

    assertThat(copy("models", "backup")).isEqualTo(40);

    assertThat(err.toString())
        .contains("DIA was not copied whole: unreadable object: path=" + champions);
    assertThat(champion("backup")).isEqualTo(champion("models"));
  }

  @Test
  void aWrongSourceIsAUsageError() {
    assertThat(copy("none", "backup")).isEqualTo(2);
    assertThat(err.toString()).contains("--from: there are no models in");
    assertThat(copy("none", "none")).isEqualTo(2);
    assertThat(run("copy", "--from", "s3://X", "--to", path("backup"))).isEqualTo(2);
    assertThat(err.toString()).contains("--from: ", "use a directory or s3://BUCKET/PREFIX");
  }

  @Test
  void theFirstCommandMovesAStoreOfTheOlderLayout() throws IOException {
    train("models", "42");
    Champion champion = champion("models");
    toOldLayout(directory.resolve("models"));
    assertThat(directory.resolve("models/SPY/champion.json")).exists();

    assertThat(run("status", "--store", path("models"))).as(err.toString()).isZero();

    assertThat(out.toString()).contains("champion  " + champion.version());
    assertThat(champion("models")).isEqualTo(champion);
    assertThat(directory.resolve("models/SPY")).doesNotExist();
    assertThat(directory.resolve("models/forecasts/SPY.jsonl")).exists();
  }

  private static void toOldLayout(Path root) throws IOException {
    Path old = Files.createDirectories(root.resolve("SPY"));
    Files.move(root.resolve("versions/SPY"), old.resolve("versions"));
    Files.move(root.resolve("champions/SPY.json"), old.resolve("champion.json"));
    Files.move(root.resolve("latest/SPY.json"), old.resolve("latest.json"));
    Files.move(root.resolve("forecasts/SPY.jsonl"), old.resolve("predictions.jsonl"));
    Files.createFile(old.resolve(".lock"));
  }

  private void train(String store, String seed) {
    assertThat(
            run(
                "train",
                "--trees",
                "5",
                "--source",
                "sample",
                "--seed",
                seed,
                "--store",
                path(store)))
        .as(err.toString())
        .isZero();
  }

  private int copy(String from, String to, String... more) {
    String[] arguments = {"copy", "--from", path(from), "--to", path(to)};
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return run(all);
  }

  private int run(String... arguments) {
    Clock clock = Clock.offset(Prices.MONDAY_NOON, Duration.ofMinutes(++runs));
    return Main.run(
        arguments, Map.of(), clock, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  private Champion champion(String store) {
    return new ModelStore(new DirectoryStorage(directory.resolve(store)))
        .ticker(Ticker.of("SPY"))
        .champion()
        .orElseThrow();
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }
}
