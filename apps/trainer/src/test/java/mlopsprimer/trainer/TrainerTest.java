package mlopsprimer.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mlopsprimer.contract.Ticker;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.logging.LogLine;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.DataFact;
import mlopsprimer.prices.DataSource;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.storage.DirectoryStorage;
import mlopsprimer.store.Champion;
import mlopsprimer.store.LatestFeatures;
import mlopsprimer.store.Manifest;
import mlopsprimer.store.ModelStore;
import mlopsprimer.store.PointerTags;
import mlopsprimer.store.TickerStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Runs the program with arguments, and checks its exit code, its output and the store. */
class TrainerTest {
  private static final PriceSeries SERIES = Prices.years(3);

  private static final LocalDate THURSDAY = SERIES.lastDay().minusDays(1);
  private static final Clock BEFORE_THE_CLOSE_OF_FRIDAY =
      Clock.offset(Prices.MONDAY_NOON, Duration.ofDays(-3));

  @TempDir Path directory;
  private Path storePath;
  private TickerStore store;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void openStore() {
    storePath = directory.resolve("models");
    store = new ModelStore(new DirectoryStorage(storePath)).ticker(Ticker.of("SPY"));
  }

  @Test
  void theFirstModelBecomesTheChampion() {
    assertThat(train("--source", "sample")).isZero();

    Champion champion = store.champion().orElseThrow();
    Manifest manifest = store.load(champion.version()).manifest();
    assertThat(champion.reason()).isEqualTo("first version");
    assertThat(manifest.dataSource()).isEqualTo(DataSource.SAMPLE);
    assertThat(manifest.calendar()).isEqualTo("XNYS");
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
    Map<Ticker, PointerTags> tags = tags();

    assertThat(train("--source", "sample", "--as-of", "2026-01-30")).isZero();

    assertThat(tags()).isEqualTo(tags);
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
    clock = BEFORE_THE_CLOSE_OF_FRIDAY;
    train("--source", "csv:" + csv("spy.csv", SERIES.upTo(THURSDAY)));
    clock = Prices.MONDAY_NOON;
    train("--source", "csv:" + csv("spy.csv", SERIES));

    assertThat(store.predictions().realised()).hasSize(1);
    assertThat(store.predictions().realised().get(0).forecast().forDate())
        .isEqualTo(SERIES.lastDay());
    run("status");
    assertThat(out.toString())
        .contains("forecasts with a known outcome: 1", "base rate: 0.2", "too few forecasts");
    assertThat(store.realised().orElseThrow().forecasts()).isEqualTo(1);
  }

  @Test
  void anOutcomeIsFoundThoughTheFileHasAnotherNameEachDay() throws IOException {
    clock = BEFORE_THE_CLOSE_OF_FRIDAY;
    train("--source", "csv:" + csv("thursday.csv", SERIES.upTo(THURSDAY)));
    clock = Prices.MONDAY_NOON;
    train("--source", "csv:" + csv("friday.csv", SERIES));

    assertThat(store.predictions().realised()).hasSize(1);
  }

  @Test
  void aForecastOfASessionThatIsOverIsNoRealisedForecast() throws IOException {
    train("--source", "csv:" + csv("spy.csv", SERIES.upTo(THURSDAY)));
    train("--source", "csv:" + csv("spy.csv", SERIES));

    assertThat(store.predictions().realised()).isEmpty();
    assertThat(store.realised()).as("the metrics of the API").isEmpty();
    run("status");
    assertThat(out.toString())
        .contains("no outcome known yet", "after the close of their session, and not counted: 1");
  }

  @Test
  void statusPrintsTheFactsOfTheNewestRowAlthoughTheChampionIsOlder() throws IOException {
    train("--source", "csv:" + csv("spy.csv", SERIES));
    List<DailyPrice> rows = new ArrayList<>(SERIES.rows());
    LocalDate hole = rows.remove(500).day();
    Champion champion = store.champion().orElseThrow();
    train("--source", "csv:" + csv("spy.csv", SERIES.withRows(rows)));
    run("rollback", "--to", champion.version());
    assertThat(store.load(champion.version()).manifest().dataQuality()).isEmpty();

    run("status");

    assertThat(out.toString()).contains("quality   missing-sessions", hole.toString());
  }

  @Test
  void statusWithoutAReadableNewestRowPrintsTheFactsOfTheModel() throws IOException {
    train("--source", "csv:" + csv("spy.csv", SERIES));
    Files.writeString(storePath.resolve("latest/SPY.json"), "{");

    assertThat(run("status")).as(err.toString()).isZero();
  }

  @Test
  void aRollbackWritesWhatIsServedFromThenOn() throws IOException {
    train("--source", "sample");
    String first = store.champion().orElseThrow().version();
    train("--source", "sample", "--seed", "43");

    run("rollback", "--to", first);

    List<String> lines = Files.readAllLines(storePath.resolve("forecasts/SPY.jsonl"));
    assertThat(lines).hasSize(3);
    assertThat(lines.get(2)).contains(first, "\"asOf\":\"2026-11-20\"");
  }

  @Test
  void otherPricesUnderTheSameTickerAreRefusedAndChangeNothing() throws IOException {
    train("--source", "csv:" + csv("spy.csv", SERIES));
    Map<Ticker, PointerTags> tags = tags();
    PriceSeries other = SERIES.withRows(Prices.series(SERIES.rows().size(), 99).rows());

    assertThat(train("--source", "csv:" + csv("qqq.csv", other))).isEqualTo(20);

    assertThat(err.toString())
        .contains("these are other prices", "csv:qqq.csv", "csv:spy.csv", "check the ticker");
    assertThat(tags()).isEqualTo(tags);
    assertThat(store.versions()).hasSize(1);
  }

  @Test
  void anUnreadableChampionIsReplaced() throws IOException {
    train("--source", "sample");
    Files.writeString(storePath.resolve("champions/SPY.json"), "{");

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
  void theCardHasTheHeadingsAndTheFactsOfTheManifest() {
    train("--source", "sample");

    assertThat(run("card")).isZero();

    assertThat(out.toString())
        .contains(
            "## Model details",
            "## Intended use",
            "## Factors",
            "## Metrics",
            "## Evaluation data",
            "## Training data",
            "## Quantitative analyses",
            "## Ethical considerations",
            "## Caveats and recommendations")
        .contains(store.champion().orElseThrow().sha256(), "seed=42", "sample (synthetic prices")
        .contains("sign\n  of the total return", "A tie is DOWN", "not investment advice")
        .contains("| log_return_1 | ", "| Brier score");
  }

  @Test
  void theCardOfAnUnknownVersionNamesTheStoredVersions() {
    train("--source", "sample");

    assertThat(run("card", "--of", "x")).isEqualTo(2);
    assertThat(err.toString()).contains("no version 'x'", store.versions().get(0));
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
    Map<Ticker, PointerTags> tags = tags();

    assertThat(run("rollback", "--to", "../../x")).isEqualTo(2);

    assertThat(err.toString()).contains("no version '../../x'", store.versions().get(0));
    assertThat(tags()).isEqualTo(tags);
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

    assertThat(new ModelStore(new DirectoryStorage(storePath)).tickers())
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
  void aNewestMoveOutOfAllProportionIsHeldBackUntilItIsAccepted() throws IOException {
    train("--source", "csv:" + csv("spy.csv", SERIES.upTo(SERIES.lastDay().minusDays(1))));
    Map<Ticker, PointerTags> tags = tags();
    List<DailyPrice> rows = new ArrayList<>(SERIES.rows());
    DailyPrice last = rows.get(rows.size() - 1);
    rows.set(rows.size() - 1, flat(last, last.close() * 1.5));
    String source = "csv:" + csv("spy.csv", SERIES.withRows(rows));

    assertThat(train("--source", source)).isEqualTo(20);

    assertThat(err.toString()).contains("held back", "--accept-move " + last.day());
    assertThat(tags()).as("nothing is published").isEqualTo(tags);
    assertThat(train("--source", source, "--accept-move", last.day().toString())).isZero();
    assertThat(latest().row().asOf()).isEqualTo(last.day());
    assertThat(latest().dataQuality()).extracting(DataFact::code).contains("accepted-move");
  }

  private static DailyPrice flat(DailyPrice row, double close) {
    return new DailyPrice(row.day(), close, close, close, close, close * 0.98, row.volume());
  }

  @Test
  void holesAreCountedInTheManifestAndInTheStatus() throws IOException {
    List<DailyPrice> rows = new ArrayList<>(SERIES.rows());
    LocalDate hole = rows.remove(500).day();

    assertThat(train("--source", "csv:" + csv("spy.csv", SERIES.withRows(rows)))).isZero();

    Manifest manifest = store.load(store.champion().orElseThrow().version()).manifest();
    assertThat(manifest.dataQuality())
        .singleElement()
        .satisfies(fact -> assertThat(fact.code()).isEqualTo("missing-sessions"))
        .satisfies(fact -> assertThat(fact.count()).isEqualTo(1))
        .satisfies(fact -> assertThat(fact.days()).containsExactly(hole));
    assertThat(manifest.dataQuality().get(0).text())
        .as("49 + 1 windows and 3 returns read the hole")
        .contains("1 of 756 sessions are missing", "4 of 705 other sessions have no features or");
    run("status");
    assertThat(out.toString()).contains("quality   missing-sessions", hole.toString());
  }

  @Test
  void holesThatLeaveTooFewLabelsAreBadDataAndLeaveNoStore() throws IOException {
    for (int every : new int[] {11, 12}) {
      List<DailyPrice> rows = new ArrayList<>();
      for (int i = 0; i < SERIES.rows().size(); i++) {
        if (i % every != 5) {
          rows.add(SERIES.rows().get(i));
        }
      }
      List<DailyPrice> few = every == 11 ? rows : rows.subList(0, 260);

      assertThat(train("--source", "csv:" + csv("holes.csv", SERIES.withRows(few)))).isEqualTo(20);

      assertThat(err.toString())
          .contains("too few sessions to train on: ticker=SPY source=csv:holes.csv; only ")
          .contains(
              " of " + (few.size() - 50) + " sessions have features and a label, because ",
              "needed=200; fill the holes");
      assertThat(storePath).doesNotExist();
    }
  }

  @Test
  void theFewestPricesWithoutHolesAreEnough() throws IOException {
    PriceSeries fewest = SERIES.withRows(SERIES.rows().subList(506, 756));

    assertThat(train("--source", "csv:" + csv("fewest.csv", fewest))).as(err.toString()).isZero();
  }

  @Test
  void aFileThatEndedLongAgoIsTrainedOnAndAWarningSaysSo() throws IOException {
    PriceSeries old = SERIES.upTo(SERIES.lastDay().minusYears(1));
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger("mlopsprimer");
    log.start();
    root.addAppender(log);
    try {
      assertThat(train("--source", "csv:" + csv("old.csv", old))).as(err.toString()).isZero();
      assertThat(train("--source", "csv:" + csv("new.csv", SERIES))).isZero();
    } finally {
      root.detachAppender(log);
    }

    assertThat(List.copyOf(log.list).stream().map(LogLine::of))
        .filteredOn(line -> line.contains("stale-prices"))
        .singleElement()
        .asString()
        .contains("source=csv:old.csv newest=" + old.lastDay());
  }

  @Test
  void aHoleBeforeTheNewestSessionGivesAForecastAsOfTheSessionBeforeTheHole() throws IOException {
    List<DailyPrice> rows = new ArrayList<>(SERIES.rows());
    rows.remove(rows.size() - 2);

    assertThat(train("--source", "csv:" + csv("spy.csv", SERIES.withRows(rows)))).isZero();

    assertThat(latest().row().asOf()).isEqualTo(rows.get(rows.size() - 2).day());
    assertThat(latest().dataQuality())
        .extracting(DataFact::code)
        .containsExactly("missing-sessions", "newest-sessions-unused");
  }

  @Test
  void aPriceThatNeverMovesIsBadData() throws IOException {
    PriceSeries still = SERIES.withRows(SERIES.rows().stream().map(row -> flat(row, 1)).toList());

    assertThat(train("--source", "csv:" + csv("still.csv", still))).isEqualTo(20);

    assertThat(err.toString()).contains("never moves");
    assertThat(storePath).doesNotExist();
  }

  @Test
  void aPriceThatRisesForAYearBeforeItMovesIsEvaluated() throws IOException {
    List<DailyPrice> rows = new ArrayList<>(SERIES.rows());
    for (int i = 0; i < 300; i++) {
      rows.set(i, flat(rows.get(i), rows.get(300).close() * Math.pow(1.001, i - 300)));
    }

    assertThat(train("--source", "csv:" + csv("rising.csv", SERIES.withRows(rows)))).isZero();
  }

  @Test
  void daysWithTheDayFirstAreReadWithTheirDateFormat() throws IOException {
    Path file = csv("european.csv", SERIES);
    Files.writeString(
        file, Files.readString(file).replaceAll("(?m)^(\\d+)-(\\d+)-(\\d+)", "$3/$2/$1"));

    assertThat(train("--source", "csv:" + file)).isEqualTo(20);
    assertThat(err.toString()).contains("--date-format dd/mm/yyyy");

    assertThat(train("--source", "csv:" + file, "--date-format", "dd/mm/yyyy")).isZero();
    assertThat(latest().row().asOf()).isEqualTo(SERIES.lastDay());
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
    Path version = storePath.resolve("versions/SPY").resolve(champion);
    for (byte[] damage : List.of(new byte[] {(byte) 0xFF}, "day\nx".getBytes(UTF_8))) {
      Files.write(version.resolve("out-of-fold.csv"), damage);
      assertThat(train("--source", "sample", "--seed", "43")).isZero();
    }
    Files.writeString(version.resolve("manifest.json"), "{\"ticker\":\"SPY\"}");
    Files.write(storePath.resolve("forecasts/SPY.jsonl"), new byte[] {(byte) 0xFF, 0, '\n'});
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

  @Test
  void noSentenceOfTheHelpEndsWithAComma() {
    run("train", "--help");

    assertThat(out.toString()).contains("Accepted").doesNotContain(",.", "..", " .");
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
    return Clock.offset(clock, Duration.ofMinutes(++runs));
  }

  private int runs;
  private Clock clock = Prices.MONDAY_NOON;

  private LatestFeatures.SourcedRow latest() {
    return store.latest().rows().values().iterator().next();
  }

  private Map<Ticker, PointerTags> tags() {
    return new ModelStore(new DirectoryStorage(storePath)).tags();
  }

  private String sha256(String ticker) {
    TickerStore of = new ModelStore(new DirectoryStorage(storePath)).ticker(Ticker.of(ticker));
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
