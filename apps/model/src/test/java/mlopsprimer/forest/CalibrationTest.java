package mlopsprimer.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import mlopsprimer.features.FeatureRow;
import mlopsprimer.fixtures.Forests;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  @Test
  void aSlopeOfOneAndNoInterceptChangesNothing() {
    Calibration identity = new Calibration(1, 0);

    assertThat(identity.apply(0.3)).isCloseTo(0.3, within(1e-12));
  }

  @Test
  void theBaseRateDoesNotDependOnTheForest() {
    Calibration baseRate = Calibration.baseRate(0.54);

    assertThat(baseRate.isBaseRate()).isTrue();
    assertThat(baseRate.apply(0.01)).isCloseTo(0.54, within(1e-12));
    assertThat(baseRate.apply(0.99)).isCloseTo(0.54, within(1e-12));
  }

  @Test
  void aUnanimousForestIsNotCertain() {
    Calibration identity = new Calibration(1, 0);

    assertThat(identity.apply(0)).isPositive().isLessThan(0.001);
    assertThat(identity.apply(1)).isLessThan(1).isGreaterThan(0.999);
  }

  @Test
  void aNegativeSlopeIsRefused() {
    assertThatThrownBy(() -> new Calibration(-0.1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Calibration(Double.NaN, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theErrorForARowOfAnotherSchemaNamesBothSchemas() {
    DirectionModel model =
        new DirectionModel("0123456789ab", new Calibration(1, 0), Forests.stump(1));
    FeatureRow row = new FeatureRow("ba9876543210", LocalDate.EPOCH, List.of(1.0));

    assertThatThrownBy(() -> model.probabilityUp(row))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0123456789ab")
        .hasMessageContaining("ba9876543210");
  }
}
