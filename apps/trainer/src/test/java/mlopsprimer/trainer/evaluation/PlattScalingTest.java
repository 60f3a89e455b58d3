package mlopsprimer.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import mlopsprimer.forest.Calibration;
import org.junit.jupiter.api.Test;

class PlattScalingTest {
  @Test
  void theFitFindsTheSlopeAndInterceptThatMadeTheOutcomes() {
    Calibration truth = new Calibration(0.6, 0.2);
    Random random = new Random(1);
    double[] forest = random.doubles(50_000, 0.05, 0.95).toArray();
    boolean[] up = new boolean[forest.length];
    for (int i = 0; i < up.length; i++) {
      up[i] = random.nextDouble() < truth.apply(forest[i]);
    }

    Calibration fitted = PlattScaling.fit(forest, up, 0.5);

    assertThat(fitted.slope()).isCloseTo(0.6, within(0.03));
    assertThat(fitted.intercept()).isCloseTo(0.2, within(0.03));
  }

  @Test
  void aForestThatIsWrongMoreOftenThanNotIsIgnored() {
    double[] forest = new Random(1).doubles(1000).toArray();
    boolean[] up = new boolean[forest.length];
    for (int i = 0; i < up.length; i++) {
      up[i] = forest[i] < 0.5;
    }

    Calibration fitted = PlattScaling.fit(forest, up, 0.54);

    assertThat(fitted.isBaseRate()).isTrue();
    assertThat(fitted.apply(0.9)).isCloseTo(0.54, within(1e-12));
  }

  @Test
  void fewerThanTwoHundredForecastsGiveTheBaseRate() {
    double[] forest = new double[199];
    boolean[] up = new boolean[199];
    for (int i = 0; i < up.length; i++) {
      up[i] = i % 2 == 0;
      forest[i] = up[i] ? 0.9 : 0.1;
    }

    assertThat(PlattScaling.fit(forest, up, 0.5).isBaseRate()).isTrue();
  }

  @Test
  void perfectAndConstantForecastsGiveFiniteParameters() {
    boolean[] up = new boolean[400];
    double[] perfect = new double[400];
    double[] constant = new double[400];
    for (int i = 0; i < up.length; i++) {
      up[i] = i % 2 == 0;
      perfect[i] = up[i] ? 1 : 0;
      constant[i] = 0.5;
    }

    assertThat(PlattScaling.fit(perfect, up, 0.5).apply(1)).isBetween(0.95, 1.0);
    assertThat(PlattScaling.fit(constant, up, 0.5).apply(0.5)).isCloseTo(0.5, within(0.01));
  }
}
