package mlopsprimer.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mlopsprimer.contract.Ticker;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.DataSource;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.store.Champion;
import mlopsprimer.store.LatestFeatures;
import mlopsprimer.store.Manifest;
import mlopsprimer.store.ModelStore;
import mlopsprimer.store.TickerStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program with arguments, and checks its exit code, its output and the store. */
class TrainerTest {
  private static final PriceSeries SERIES = Prices.years(3);

  @TempDir Path directory;
  private Path storePath;
  private TickerStore store;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void openStore() {
    storePath = directory.resolve("models");
    store = new ModelStore(storePath).ticker(Ticker.of("SPY"));
  }

  @Test
  void theFirstModelBecomesTheChampion() {
    assertThat(train("--source", "sample")).isZero();

    Champion champion = store.champion().orElseThrow();
    Manifest manifest = store.load(champion.version()).manifest();
    assertThat(champion.reason()).isEqualTo("first version");
    assertThat(manifest.dataSource()).isEqualTo(DataSource.SAMPLE);
    assertThat(manifest.calendar()).isEqualTo("nyse");
    assertThat(manifest.settings()).containsEntry("trees", "10").containsEntry("seed", "42");
    assertThat(latest().row().asOf()).isEqualTo("2026-11-20");
    assertThat(out.toString())
        .contains("base rate", "persistence", "Brier score", champion.sha256(), "skill");
  }

  @Test
  void theSameDataAndSeedGiveTheSameBytes() {
    train("--source", "sample", "--threads", "1");
    Champion champion = store.champion().orElseThrow();

    assertThat(train("--source", "sample", "--threads", "3")).isZero();

    assertThat(store.champion()).contains(champion);
    assertThat(store.versions()).containsExactly(champion.version());
    assertThat(out.toString()).contains("not promoted: the champion is the same model");
  }

  @Test
  void aRunAsOfADayGivesTheBytesOfAFileThatEndsOnThatDay() throws IOException {
    LocalDate day = SERIES.rows().get(SERIES.rows().size() - 40).day();
    Path whole = csv("whole.csv", SERIES);
    Path cut = csv("cut.csv", SERIES.upTo(day));

    train("--source", "csv:" + whole, "--as-of", day.toString(), "--ticker", "AAA");
    train("--source", "csv:" + cut, "--ticker", "BBB");

    assertThat(sha256("AAA")).isEqualTo(sha256("BBB"));
  }

  @Test
  void aRunAsOfAnEarlierDayDoesNotChangeWhatIsServed() {
    train("--source", "sample");
    String stamp = store.stamp();

    assertThat(train("--source", "sample", "--as-of", "2026-01-30")).isZero();

    assertThat(store.stamp()).isEqualTo(stamp);
    assertThat(store.versions()).hasSize(2);
    assertThat(out.toString()).contains("not promoted: trained as of 2026-01-30");
  }

  @Test
  void aRunAsOfAnEarlierDayIsServedIfThereIsNoChampion() {
    train("--source", "sample", "--as-of", "2026-01-30");

    assertThat(store.champion()).isPresent();
    assertThat(latest().row().asOf()).isEqualTo("2026-01-30");
  }

  @Test
  void theNextRunPairsAForecastWithItsOutcome() throws IOException {
    LocalDate day = SERIES.rows().get(SERIES.rows().size() - 2).day();
    train("--source", "csv:" + csv("spy.csv", SERIES.upTo(day)));
    train("--source", "csv:" + csv("spy.csv", SERIES));

    assertThat(store.predictions().realised()).hasSize(1);
    assertThat(store.predictions().realised().get(0).forecast().forDate())
        .isEqualTo(SERIES.lastDay());
    run("status");
    assertThat(out.toString()).contains("forecasts with a known outcome: 1");
  }

  @Test
  void anUnreadableChampionIsReplaced() throws IOException {
    train("--source", "sample");
    Files.writeString(storePath.resolve("SPY/champion.json"), "{");

    assertThat(train("--source", "sample", "--seed", "43")).isZero();

    assertThat(store.champion().orElseThrow().reason()).contains("cannot be read");
  }

  @Test
  void statusShowsTheChampionBesideBothBaselines() {
    train("--source", "sample");

    assertThat(run("status")).isZero();

    assertThat(out.toString())
        .contains("champion  " + store.champion().orElseThrow().version())
        .contains("because   first version", "base rate", "persistence", "no outcome known yet");
  }

  @Test
  void statusOfATickerThatWasNeverTrainedSaysHowToTrainIt() {
    assertThat(run("status", "--ticker", "QQQ")).isEqualTo(40);
    assertThat(err.toString()).contains("no champion of QQQ", "trainer train --ticker QQQ");
  }

  @Test
  void rollbackMovesThePointerAndRecordsTheReason() {
    train("--source", "sample");
    String first = store.champion().orElseThrow().version();
    train("--source", "sample", "--seed", "43");
    String second = store.champion().orElseThrow().version();
    assertThat(second).isNotEqualTo(first);

    assertThat(run("rollback", "--to", first, "--reason", "seed 43 looked odd")).isZero();

    Champion champion = store.champion().orElseThrow();
    assertThat(champion.version()).isEqualTo(first);
    assertThat(champion.previous()).isEqualTo(second);
    assertThat(champion.reason()).isEqualTo("seed 43 looked odd");
  }

  @Test
  void theErrorForAnUnknownVersionNamesTheStoredVersions() {
    train("--source", "sample");
    String stamp = store.stamp();

    assertThat(run("rollback", "--to", "../../x")).isEqualTo(2);

    assertThat(err.toString()).contains("no version '../../x'", store.versions().get(0));
    assertThat(store.stamp()).isEqualTo(stamp);
  }

  @Test
  void allProblemsOfTheSettingsAreReportedAtOnce() {
    int status =
        run(
            "train",
            "--ticker",
            "../x",
            "--source",
            "yaho",
            "--trees",
            "0",
            "--history",
            "5",
            "--as-of",
            "tomorrow",
            "--seed",
            "x",
            "--yahoo-base-url",
            "ftp://x");

    assertThat(status).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "7 problems",
            "--ticker",
            "--source",
            "--trees",
            "--history",
            "--as-of",
            "--seed",
            "--yahoo-base-url");
    assertThat(storePath).doesNotExist();
  }

  @Test
  void anUnknownOptionIsAUsageError() {
    assertThat(run("train", "--tickr", "SPY")).isEqualTo(2);
    assertThat(err.toString()).contains("--tickr", "trainer train --help");
  }

  @Test
  void aFlagWinsOverAVariable() {
    Map<String, String> environment =
        Map.of("TICKER", "QQQ", "SOURCE", "sample", "TREES", "10", "SEED", " ");

    assertThat(run(environment, "train")).isZero();
    assertThat(run(environment, "train", "--ticker", "DIA")).isZero();

    assertThat(new ModelStore(storePath).tickers())
        .containsExactly(Ticker.of("DIA"), Ticker.of("QQQ"));
  }

  @Test
  void afterAMissingFileTheNextSourceIsTried() {
    assertThat(train("--source", "csv:none.csv")).isEqualTo(10);
    assertThat(err.toString()).contains("none.csv");

    assertThat(train("--source", "csv:none.csv,sample")).isZero();
    assertThat(latest().dataSource()).isEqualTo(DataSource.SAMPLE);
  }

  @Test
  void tooFewRowsLeaveNoStore() throws IOException {
    LocalDate day = SERIES.rows().get(200).day();

    assertThat(train("--source", "csv:" + csv("short.csv", SERIES.upTo(day)))).isEqualTo(20);

    assertThat(err.toString()).contains("rows=201", "needed=250");
    assertThat(storePath).doesNotExist();
  }

  @Test
  void aStoreThatCannotBeWrittenIsAStorageError() throws IOException {
    Files.writeString(storePath, "a file where the store should be");

    assertThat(train("--source", "sample")).isEqualTo(40);
    assertThat(err.toString()).contains(storePath.toString(), "free=");
  }

  @Test
  void keepLimitsTheNumberOfVersions() {
    for (int seed = 1; seed <= 4; seed++) {
      train("--source", "sample", "--seed", String.valueOf(seed), "--keep", "1");
    }

    assertThat(store.versions()).hasSizeBetween(1, 3);
    assertThat(store.versions()).contains(store.champion().orElseThrow().version());
  }

  @Test
  void aGlitchLeavesNoStore() throws IOException {
    List<DailyPrice> rows = new ArrayList<>(SERIES.rows());
    DailyPrice row = rows.get(500);
    rows.set(
        500,
        new DailyPrice(
            row.day(), row.open(), row.high(), row.low(), row.close(), row.close() * 100, 1));
    PriceSeries glitch = SERIES.withRows(rows);

    assertThat(train("--source", "csv:" + csv("glitch.csv", glitch))).isEqualTo(20);

    assertThat(err.toString()).contains("glitch", row.day().toString());
    assertThat(storePath).doesNotExist();
  }

  @Test
  void aSampleServedAfterARollbackIsLabelledAsASample() throws IOException {
    train("--source", "sample");
    String sample = store.champion().orElseThrow().version();
    train("--source", "csv:" + csv("spy.csv", SERIES), "--seed", "43");
    run("rollback", "--to", sample);

    assertThat(store.load(sample).dataSourceWith(latest())).isEqualTo(DataSource.SAMPLE);
    assertThat(latest().dataSource()).isEqualTo(new DataSource("csv:spy.csv"));
  }

  @Test
  void damagedFilesOfTheChampionDoNotStopTraining() throws IOException {
    train("--source", "sample");
    String champion = store.champion().orElseThrow().version();
    Path version = storePath.resolve("SPY/versions").resolve(champion);
    for (byte[] damage : List.of(new byte[] {(byte) 0xFF}, "day\nx".getBytes(UTF_8))) {
      Files.write(version.resolve("out-of-fold.csv"), damage);
      assertThat(train("--source", "sample", "--seed", "43")).isZero();
    }
    Files.writeString(version.resolve("manifest.json"), "{\"ticker\":\"SPY\"}");
    Files.write(storePath.resolve("SPY/predictions.jsonl"), new byte[] {(byte) 0xFF, 0, '\n'});
    assertThat(train("--source", "sample", "--seed", "44")).isZero();
    assertThat(run("status")).isZero();
  }

  @Test
  void aModelTooLargeForTheApiIsRefused() {
    assertThat(
            run(
                "train",
                "--source",
                "sample",
                "--trees",
                "4000",
                "--max-depth",
                "0",
                "--min-leaf",
                "1",
                "--history",
                "2y"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("fewer --trees");
    assertThat(store.champion()).isEmpty();
  }

  @Test
  void variablesThatManyImagesSetAreIgnored() {
    Map<String, String> environment =
        Map.of("VERSION", "1.2.3", "HELP", "1", "TO", "x", "SOURCE", "sample", "TREES", "5");

    assertThat(run(environment, "train")).isZero();
    assertThat(run(environment, "rollback")).isEqualTo(2);
    assertThat(err.toString()).contains("--to");
  }

  @Test
  void helpAndVersionSucceed() {
    assertThat(run("--help")).isZero();
    assertThat(run("train", "--help")).isZero();
    assertThat(run("--version")).isZero();
    assertThat(run()).isZero();
    assertThat(out.toString()).contains("train", "status", "rollback", "--yahoo-base-url");
  }

  private int train(String... arguments) {
    List<String> all = new ArrayList<>(List.of("train", "--trees", "10"));
    all.addAll(Arrays.asList(arguments));
    return run(all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return run(Map.of(), arguments);
  }

  private int run(Map<String, String> environment, String... arguments) {
    Map<String, String> all = new java.util.HashMap<>(environment);
    all.put("STORE", storePath.toString());
    return Main.run(arguments, all, tick(), new PrintWriter(out, true), new PrintWriter(err, true));
  }

  /** Moves the clock by a minute per run, so that the versions are in order. */
  private Clock tick() {
    return Clock.offset(Prices.MONDAY_NOON, java.time.Duration.ofMinutes(++runs));
  }

  private int runs;

  private LatestFeatures.SourcedRow latest() {
    return store.latest().rows().values().iterator().next();
  }

  private String sha256(String ticker) {
    TickerStore of = new ModelStore(storePath).ticker(Ticker.of(ticker));
    return of.champion().orElseThrow().sha256();
  }

  private Path csv(String name, PriceSeries series) throws IOException {
    return Files.writeString(
        directory.resolve(name),
        series.rows().stream()
            .map(TrainerTest::line)
            .collect(
                Collectors.joining("\n", "Date,Open,High,Low,Close,Adj Close,Volume\n", "\n")));
  }

  private static String line(DailyPrice row) {
    return "%s,%s,%s,%s,%s,%s,%s"
        .formatted(
            row.day(),
            row.open(),
            row.high(),
            row.low(),
            row.close(),
            row.adjustedClose(),
            row.volume());
  }
}
