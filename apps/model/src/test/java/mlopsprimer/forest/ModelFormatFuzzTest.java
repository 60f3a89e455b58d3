package mlopsprimer.forest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Every build runs these tests with saved inputs; `make fuzz` runs them with new inputs. */
class ModelFormatFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void anyModelPredictsOrIsRefused(byte[] bytes) {
    DirectionModel model;
    try {
      model = ModelFormat.read(bytes);
    } catch (CorruptModelException e) {
      return;
    }
    double[] row = new double[model.forest().features()];
    assertThat(model.calibration().apply(model.forest().probabilityUp(row))).isBetween(0.0, 1.0);
    assertThat(ModelFormat.write(model)).isEqualTo(bytes);
  }
}
