package mlopsprimer.trainer.portable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import mlopsprimer.contract.Sha256;
import mlopsprimer.features.FeatureTable;
import mlopsprimer.fixtures.Forests;
import mlopsprimer.fixtures.Models;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.forest.Calibration;
import mlopsprimer.forest.DirectionModel;
import mlopsprimer.forest.Forest;
import mlopsprimer.forest.ModelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads model.onnx with onnxruntime, which is another program than the API. */
class OnnxModelTest {
  private static final double TOLERANCE = 1e-9;

  @Test
  void theProbabilityOfEveryTrainingRowIsThatOfTheApi() throws Exception {
    FeatureTable table = FeatureTable.of(Prices.years(5));
    DirectionModel model = OnnxModels.trained(table);
    List<double[]> rows = OnnxModels.rows(table);

    double difference =
        OnnxSession.greatestDifference(
            OnnxModels.onnx(model, table.schema().names()), rows, OnnxModels.expected(model, rows));

    System.out.printf("onnx: sample rows=%d greatest difference=%.3g%n", rows.size(), difference);
    assertThat(difference).isLessThan(TOLERANCE);
  }

  @Test
  void aRowAtAThresholdGoesToTheSameSide() throws Exception {
    Forest forest = Forests.random(3, 1, 6, 11);
    assertSame(OnnxModels.of(new Calibration(1, 0), forest), OnnxModels.rowsAtThresholds(forest));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void valuesThatAreNotFiniteGoToTheSameSide(long seed) throws Exception {
    assertSame(
        OnnxModels.of(OnnxModels.CALIBRATION, Forests.random(3, 20, 5, seed)),
        OnnxModels.strangeRows());
  }

  @Test
  void treesMayBeSingleLeaves() throws Exception {
    assertSame(
        OnnxModels.of(OnnxModels.CALIBRATION, OnnxModels.leaves()), OnnxModels.strangeRows());
  }

  @Test
  void aForestMayBeOneLeaf() throws Exception {
    assertSame(
        OnnxModels.of(OnnxModels.CALIBRATION, Forests.random(3, 1, 0, 5)),
        OnnxModels.strangeRows());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.5372, 0.1, 0.99})
  void aModelOfTheBaseRateAnswersTheBaseRate(double rate) throws Exception {
    DirectionModel model = OnnxModels.of(Calibration.baseRate(rate), Forests.random(3, 9, 4, 2));
    assertSame(model, OnnxModels.strangeRows());
    assertThat(OnnxModels.expected(model, OnnxModels.strangeRows())[0])
        .isCloseTo(rate, within(TOLERANCE));
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "5, -3", "40, 0", "0.01, 30", "1, 800", "1, -800", "0, -800"})
  void theCalibrationIsThatOfTheApi(double slope, double intercept) throws Exception {
    for (long seed = 0; seed < 4; seed++) { // one tree: leaves with shares of 0 and 1, too
      Forest forest = Forests.random(3, 1, 3, seed);
      assertSame(
          OnnxModels.of(new Calibration(slope, intercept), forest), OnnxModels.strangeRows());
    }
  }

  @Test
  void theInputsAreTheColumnsInTheOrderOfTheSchema() throws Exception {
    FeatureTable table = FeatureTable.of(Prices.years(2));
    byte[] onnx = OnnxModels.onnx(OnnxModels.trained(table), table.schema().names());
    try (OnnxSession session = new OnnxSession(onnx)) {
      assertThat(session.inputs()).isEqualTo(table.schema().names());
    }
  }

  @Test
  void theMetadataNamesTheModel() throws Exception {
    DirectionModel model = OnnxModels.of(OnnxModels.CALIBRATION, Forests.stump(3));
    byte[] onnx = OnnxModels.onnx(model);

    try (OnnxSession session = new OnnxSession(onnx)) {
      assertThat(session.metadata())
          .containsEntry("ticker", "SPY")
          .containsEntry("schemaId", Models.SCHEMA)
          .containsEntry("sha256", Sha256.hex(ModelFormat.write(model)))
          .hasEntrySatisfying("label", text -> assertThat(text).startsWith("UP means that"))
          .hasSize(4);
    }
    assertThat(ModelProto.parseFrom(onnx).getProducerName()).isEqualTo("mlops-primer");
    assertThat(ModelProto.parseFrom(onnx).getProducerVersion()).isEqualTo("1.0.0");
  }

  @Test
  void equalModelsGiveEqualBytesInEveryLocale() {
    byte[] bytes = sample();
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
      assertThat(sample()).isEqualTo(bytes);
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
    assertThat(sample()).isEqualTo(bytes);
  }

  private static byte[] sample() {
    return OnnxModels.onnx(OnnxModels.of(OnnxModels.CALIBRATION, Forests.random(3, 50, 6, 3)));
  }

  @Test
  void aColumnWithoutANameIsRefused() {
    DirectionModel model = OnnxModels.of(OnnxModels.CALIBRATION, Forests.stump(3));
    assertThatThrownBy(() -> OnnxModels.onnx(model, List.of("a", "b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the forest has 3 columns, but there are 2 names");
  }

  private static void assertSame(DirectionModel model, List<double[]> rows) throws Exception {
    assertThat(
            OnnxSession.greatestDifference(
                OnnxModels.onnx(model), rows, OnnxModels.expected(model, rows)))
        .isLessThan(TOLERANCE);
  }
}
