package mlopsprimer.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mlopsprimer.contract.Ticker;
import mlopsprimer.contract.TrainingReport;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.storage.DirectoryStorage;
import mlopsprimer.store.Champion;
import mlopsprimer.store.ModelStore;
import mlopsprimer.store.TickerStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of several tickers, and runs in a pod that have nothing new to train on. */
class ManyTickersTest {
  private static final String TEN = "SPY,QQQ,DIA,IWM,NOSUCH,EFA,EEM,VTI,AGG,GLD";

  @TempDir Path directory;

  private final Map<String, String> pod = new HashMap<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Clock clock = Prices.MONDAY_NOON;
  private HttpServer yahoo;

  /** Starts a Yahoo that does not know NOSUCH, and refuses all other requests. */
  @BeforeEach
  void startYahoo() throws IOException {
    yahoo = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    yahoo.createContext(
        "/",
        exchange -> {
          boolean unknown = exchange.getRequestURI().getPath().endsWith("/NOSUCH");
          exchange.sendResponseHeaders(unknown ? 404 : 403, -1);
          exchange.close();
        });
    yahoo.start();
    pod.put("TRAINER_IMAGE", "localhost/ml-trainer:0123456789ab");
    pod.put("TERMINATION_MESSAGE_PATH", directory.resolve("report").toString());
  }

  @AfterEach
  void stopYahoo() {
    yahoo.stop(0);
  }

  @Test
  void aBadTickerOfTenFailsOnlyItself() throws IOException {
    assertThat(train("--source", "yahoo,sample", "--tickers", TEN, "--trees", "2")).isEqualTo(20);

    assertThat(models().tickers()).hasSize(9).doesNotContain(Ticker.of("NOSUCH"));
    assertThat(err.toString())
        .startsWith("NOSUCH: Yahoo does not know this symbol: status=404")
        .hasLineCount(1);
    TrainingReport report = report();
    assertThat(report.done()).hasSize(9);
    assertThat(report.failed()).hasSize(1);
    assertThat(report.failed().get(0).ticker()).isEqualTo(Ticker.of("NOSUCH"));
    assertThat(report.failed().get(0).status()).isEqualTo(20);
  }

  /** The Job then starts the pod again, which a bad ticker alone would prevent. */
  @Test
  void aTickerThatMayBeTrainedLaterDecidesTheExitCode() throws IOException {
    assertThat(train("--source", "yahoo", "--tickers", "NOSUCH,SPY,QQQ")).isEqualTo(10);

    assertThat(report().failed())
        .extracting(TrainingReport.Failure::status)
        .containsExactly(20, 10, 10);
  }

  @Test
  void theMessageOfASingleTickerHasNoPrefix() throws IOException {
    assertThat(train("--source", "yahoo", "--ticker", "NOSUCH")).isEqualTo(20);

    assertThat(err.toString()).startsWith("Yahoo does not know this symbol");
    assertThat(report().failed()).hasSize(1);
  }

  @Test
  void aPodTrainsTheTickersOfItsIndex() throws IOException {
    pod.put("JOB_COMPLETION_INDEX", "1");

    assertThat(train("--tickers", "A,B,C,D,E", "--indexes", "2")).isZero();

    assertThat(report().done()).containsExactly(Ticker.of("B"), Ticker.of("D"));
    assertThat(models().tickers()).containsExactly(Ticker.of("B"), Ticker.of("D"));
  }

  @Test
  void anIndexThatIsMissingOrTooLargeIsAWrongSetting() {
    for (String index : new String[] {"", "2", "-1", "x"}) {
      pod.put("JOB_COMPLETION_INDEX", index);
      assertThat(train("--tickers", "A,B,C", "--indexes", "2")).isEqualTo(2);
    }
    assertThat(err.toString()).contains("JOB_COMPLETION_INDEX is '2': a number from 0 to 1");
    assertThat(train("--tickers", "A,B", "--indexes", "3")).isEqualTo(2);
    assertThat(err.toString()).contains("--indexes is '3': at most the number of symbols");
  }

  @Test
  void aRepeatedSymbolIsAWrongSetting() {
    assertThat(train("--tickers", "SPY,QQQ,spy")).isEqualTo(2);
    assertThat(err.toString()).contains("--tickers is 'SPY,QQQ,spy': different Yahoo symbols");
  }

  @Test
  void aReportThatCannotBeWrittenFailsNoTraining() {
    pod.put("TERMINATION_MESSAGE_PATH", directory.resolve("none/report").toString());

    assertThat(train()).isZero();
  }

  @Test
  void aRunWithTheSameSettingsAndSessionEndsBeforeItFetches() throws IOException {
    train("--tickers", "SPY,QQQ");
    var tags = models().tags().get(Ticker.of("SPY"));
    out.getBuffer().setLength(0);

    assertThat(train("--tickers", "SPY,QQQ,DIA")).isZero();

    assertThat(out.toString())
        .contains("nothing new for SPY since version " + store("SPY").versions().get(0))
        .contains("nothing new for QQQ")
        .doesNotContain("nothing new for DIA");
    assertThat(models().tags().get(Ticker.of("SPY"))).isEqualTo(tags);
    assertThat(report().done()).hasSize(3);
  }

  @Test
  void aSessionThatHasClosedSinceIsTrained() {
    train();
    clock = Clock.offset(clock, Duration.ofHours(4));
    assertThat(trains()).as("at 16:00 in New York, two minutes before the close").isFalse();

    clock = Clock.offset(clock, Duration.ofHours(6));
    assertThat(trains()).isTrue();
  }

  @Test
  void anotherSettingImageSourceOrExchangeIsTrained() {
    train();

    assertThat(trains("--seed", "43")).isTrue();
    assertThat(trains("--source", "yahoo,sample")).isTrue();
    assertThat(trains("--exchange", "XLON")).isTrue();
    assertThat(trains("--as-of", "2026-10-30")).isTrue();
    assertThat(trains("--keep", "3")).as("a setting that changes no model").isFalse();
    pod.put("TRAINER_IMAGE", "localhost/ml-trainer:another");
    assertThat(trains("--seed", "44")).isTrue();
    assertThat(trains("--seed", "44")).isFalse();
  }

  @Test
  void withoutTheNameOfAnImageEveryRunTrains() {
    pod.remove("TRAINER_IMAGE");
    train();

    assertThat(trains()).isTrue();
  }

  @Test
  void aChampionThatWasRolledBackIsNotTrainedOver() {
    train();
    String first = store("SPY").champion().orElseThrow().version();
    train("--seed", "43");
    assertThat(store("SPY").champion().orElseThrow().version()).isNotEqualTo(first);
    assertThat(run("rollback", "--to", first)).isZero();

    assertThat(trains("--seed", "43")).isFalse();

    assertThat(store("SPY").champion().orElseThrow().version()).isEqualTo(first);
  }

  @Test
  void aRunThatEndedBeforeItPromotedItsVersionIsDoneAgain() throws IOException {
    train();
    Path pointer = directory.resolve("models/champions/SPY.json");
    byte[] first = Files.readAllBytes(pointer);
    train("--seed", "43");
    Files.write(pointer, first);

    assertThat(trains("--seed", "43")).isTrue();

    assertThat(store("SPY").champion().orElseThrow().version())
        .isEqualTo(store("SPY").versions().get(0));
    assertThat(trains("--seed", "43")).isFalse();
  }

  @Test
  void aRunThatEndedBeforeItLoggedItsForecastIsDoneAgain() throws IOException {
    train();
    Path log = directory.resolve("models/forecasts/SPY.jsonl");
    Files.delete(log);

    assertThat(trains()).isTrue();

    assertThat(log).exists();
    assertThat(trains()).isFalse();
  }

  @Test
  void aChampionThatATrainingWouldRepairIsTrained() throws IOException {
    train();
    Champion champion = store("SPY").champion().orElseThrow();
    Path pointer = directory.resolve("models/champions/SPY.json");
    Files.writeString(
        pointer,
        Files.readString(pointer).replace(champion.sha256(), champion.sha256().replace('0', '1')));
    assertThat(trains()).as("a pointer with another SHA-256").isTrue();

    Files.writeString(
        directory
            .resolve("models/versions/SPY")
            .resolve(store("SPY").champion().orElseThrow().version())
            .resolve("out-of-fold.csv"),
        "cut");
    assertThat(trains()).as("unreadable forecasts of the evaluation").isTrue();
  }

  @Test
  void aRowOfAnotherSourceIsReplaced() throws IOException {
    train();
    Path row = directory.resolve("models/latest/SPY.json");
    Files.writeString(row, Files.readString(row).replace("\"sample\"", "\"csv:SPY.csv\""));
    assertThat(trains()).as("a real row, which a synthetic one does not replace").isFalse();

    Path manifest =
        directory
            .resolve("models/versions/SPY")
            .resolve(store("SPY").versions().get(0))
            .resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"sample\"", "\"yahoo\""));
    assertThat(trains("--source", "yahoo,sample")).isTrue();
  }

  /** Whether a run trains; otherwise it says that there is nothing new. */
  private boolean trains(String... arguments) {
    out.getBuffer().setLength(0);
    train(arguments);
    return !out.toString().contains("nothing new");
  }

  private int train(String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "train",
                "--trees=3",
                "--history=2y",
                "--source=sample",
                "--yahoo-base-url=http://127.0.0.1:" + yahoo.getAddress().getPort(),
                "--yahoo-requests-per-second=100"));
    for (int i = 0; i < arguments.length; i += 2) {
      String flag = arguments[i];
      all.removeIf(argument -> argument.startsWith(flag + "="));
      all.add(flag + "=" + arguments[i + 1]);
    }
    return run(all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    pod.put("STORE", directory.resolve("models").toString());
    clock = Clock.offset(clock, Duration.ofSeconds(1)); // the versions are in order
    return Main.run(arguments, pod, clock, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  private ModelStore models() {
    return new ModelStore(new DirectoryStorage(directory.resolve("models")));
  }

  private TickerStore store(String symbol) {
    return models().ticker(Ticker.of(symbol));
  }

  private TrainingReport report() throws IOException {
    return TrainingReport.parse(Files.readString(directory.resolve("report")));
  }
}
