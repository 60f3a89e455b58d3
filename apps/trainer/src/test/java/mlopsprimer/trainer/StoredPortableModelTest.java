package mlopsprimer.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.contract.Ticker;
import mlopsprimer.features.FeatureTable;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.forest.Calibration;
import mlopsprimer.forest.DirectionModel;
import mlopsprimer.storage.DirectoryStorage;
import mlopsprimer.store.ModelStore;
import mlopsprimer.store.ModelVersion;
import mlopsprimer.store.TickerStore;
import mlopsprimer.trainer.portable.OnnxModels;
import mlopsprimer.trainer.portable.OnnxSession;
import mlopsprimer.trainer.portable.PortablePython;
import mlopsprimer.trainer.source.CsvPriceSource;
import mlopsprimer.trainer.source.PriceRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model.onnx that a training stores, beside the model.bin that the API serves. */
class StoredPortableModelTest {
  private static final double TOLERANCE = 1e-9;
  private static final int REPETITIONS = 20;

  @TempDir Path directory;

  @Test
  void aTrainingOnSamplePricesStoresTheModelForOtherPrograms() throws Exception {
    TickerStore store = train("SPY", "sample");

    assertAnswersLikeTheApi(store, FeatureTable.of(Prices.years(5)));
  }

  @ParameterizedTest
  @CsvSource({"^GSPC, sp500.csv.gz", "^IXIC, nasdaq.csv.gz"})
  @EnabledIfEnvironmentVariable(named = "REAL_PRICES", matches = ".+")
  void everySessionOfTwentyYearsGetsTheProbabilityOfTheApi(String ticker, String file)
      throws Exception {
    Path prices = Path.of(System.getenv("REAL_PRICES"), file);
    TickerStore store = train(ticker, "csv:" + prices);
    PriceRequest everything =
        new PriceRequest(
            Ticker.of(ticker), Period.ofYears(30), Optional.empty(), true, Duration.ofSeconds(1));

    assertAnswersLikeTheApi(
        store, FeatureTable.of(new CsvPriceSource(prices, Prices.MONDAY_NOON).fetch(everything)));
  }

  private TickerStore train(String ticker, String source) {
    StringWriter text = new StringWriter();
    Path models = directory.resolve("models");
    assertThat(
            Main.run(
                new String[] {"train", "--ticker", ticker, "--source", source},
                Map.of("STORE", models.toString()),
                Prices.MONDAY_NOON,
                new PrintWriter(text, true),
                new PrintWriter(text, true)))
        .as(text.toString())
        .isZero();
    return new ModelStore(new DirectoryStorage(models)).ticker(Ticker.of(ticker));
  }

  /**
   * Asks the stored model, and its forest with a calibration that does not ignore the forest: the
   * stored model may serve the base rate.
   */
  private void assertAnswersLikeTheApi(TickerStore store, FeatureTable table) throws Exception {
    ModelVersion version = store.load(store.champion().orElseThrow().version());
    DirectionModel stored = version.model();
    byte[] onnx = store.portable(version.id()).orElseThrow();
    DirectionModel forest =
        new DirectionModel(stored.schemaId(), new Calibration(1.3, 0.1), stored.forest());
    List<String> columns = version.manifest().features().names();
    List<double[]> rows = OnnxModels.rows(table);

    double inJava =
        Math.max(
            differenceInJava("stored", onnx, stored, columns, rows),
            differenceInJava("forest", OnnxModels.onnx(forest, columns), forest, columns, rows));
    List<JsonObject> inPython = PortablePython.run("onnx", directory.resolve("python"));

    System.out.printf(
        "portable: %s rows=%d differenceInJava=%.3g inPython=%s model.onnx=%d model.bin=%d bytes, written in %.1f ms%n",
        store.ticker(),
        rows.size(),
        inJava,
        inPython,
        onnx.length,
        version.manifest().bytes(),
        millisecondsToWrite(version));
    assertThat(inJava).isLessThan(TOLERANCE);
    assertThat(inPython)
        .hasSize(2)
        .allSatisfy(
            line -> {
              assertThat(line.get("difference").getAsDouble()).isLessThan(TOLERANCE);
              assertThat(line.get("rows").getAsInt()).isEqualTo(rows.size());
            });
  }

  /** Also writes the model and the rows for Python. */
  private double differenceInJava(
      String name, byte[] onnx, DirectionModel model, List<String> columns, List<double[]> rows)
      throws Exception {
    double[] expected = OnnxModels.expected(model, rows);
    Path files = Files.createDirectories(directory.resolve("python").resolve(name));
    Files.write(files.resolve("model.onnx"), onnx);
    PortablePython.writeRows(files, columns, rows, expected);
    return OnnxSession.greatestDifference(onnx, rows, expected);
  }

  /** Mean time of a few repetitions, the first of which loads the classes. */
  private static double millisecondsToWrite(ModelVersion version) {
    long start = System.nanoTime();
    for (int i = 0; i < REPETITIONS; i++) {
      OnnxModels.onnx(version.model(), version.manifest().features().names());
    }
    return (System.nanoTime() - start) / 1e6 / REPETITIONS;
  }
}
