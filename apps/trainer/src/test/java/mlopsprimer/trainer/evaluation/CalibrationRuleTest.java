package mlopsprimer.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import mlopsprimer.forest.Calibration;
import org.junit.jupiter.api.Test;

class CalibrationRuleTest {
  private static final CalibrationRule RULE = CalibrationRule.CHOSEN;

  @Test
  void theBaseRateIsSmoothedAsIfTheUsualDaysHadBeenSeen() {
    CalibrationRule rule = new CalibrationRule(0.5, 500, 0.3);

    assertThat(rule.baseRate(0.6, 500)).isCloseTo((300 + 250) / 1000.0, within(1e-12));
    assertThat(rule.baseRate(0, 0)).isEqualTo(0.5);
  }

  @Test
  void theFitFindsTheSlopeThatMadeTheOutcomesIfThereIsMuchEvidence() {
    Random random = new Random(1);
    double[] distances = random.doubles(50_000, -2, 2).toArray();
    boolean[] up = outcomes(distances, 0.6, random);

    assertThat(RULE.fit(distances, up, 0.5, 1_000_000).slope()).isCloseTo(0.6, within(0.03));
  }

  @Test
  void littleEvidenceGivesASmallSlope() {
    Random random = new Random(1);
    double[] distances = random.doubles(200, -0.3, 0.3).toArray();
    boolean[] up = outcomes(distances, 3, random);

    assertThat(RULE.fit(distances, up, 0.5, 200).slope()).isBetween(0.01, 0.5);
  }

  @Test
  void aForestThatSaysWhatItsTrainingRowsSayIsAnsweredWithTheSmoothedBaseRate() {
    Random random = new Random(1);
    double[] distances = random.doubles(5_000, -2, 2).toArray();

    Calibration fitted = RULE.fit(distances, outcomes(distances, 0.6, random), 0.56, 800);

    assertThat(fitted.isBaseRate()).isFalse();
    assertThat(fitted.apply(0.56)).isCloseTo(RULE.baseRate(0.56, 800), within(1e-12));
    assertThat(fitted.apply(0.6)).isGreaterThan(RULE.baseRate(0.56, 800));
  }

  @Test
  void aForestThatIsWrongMoreOftenThanNotIsIgnored() {
    Random random = new Random(1);
    double[] distances = random.doubles(1000, -1, 1).toArray();

    Calibration fitted = RULE.fit(distances, outcomes(distances, -2, random), 0.54, 1000);

    assertThat(fitted.isBaseRate()).isTrue();
    assertThat(fitted.apply(0.9)).isCloseTo(RULE.baseRate(0.54, 1000), within(1e-12));
  }

  @Test
  void fewerThanTwoHundredForecastsGiveTheBaseRate() {
    Random random = new Random(1);
    double[] distances = random.doubles(199, -2, 2).toArray();

    assertThat(RULE.fit(distances, outcomes(distances, 3, random), 0.5, 199).isBaseRate()).isTrue();
  }

  @Test
  void perfectAndConstantForecastsGiveFiniteParameters() {
    boolean[] up = new boolean[400];
    double[] perfect = new double[400];
    for (int i = 0; i < up.length; i++) {
      up[i] = i % 2 == 0;
      perfect[i] = CalibrationRule.distance(up[i] ? 1 : 0, 0.5);
    }

    assertThat(RULE.fit(perfect, up, 0.5, 400).apply(1)).isBetween(0.95, 1.0);
    assertThat(RULE.fit(new double[400], up, 0.5, 400).isBaseRate()).isTrue();
    assertThat(RULE.fit(new double[400], up, 1, 400).apply(0.5)).isBetween(0.5, 0.99);
  }

  @Test
  void aRuleOutsideItsRangesIsRefused() {
    assertThatThrownBy(() -> new CalibrationRule(1, 500, 0.3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CalibrationRule(0.5, 500, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Outcomes whose log-odds of UP are {@code slope} times the distance. */
  private static boolean[] outcomes(double[] distances, double slope, Random random) {
    boolean[] up = new boolean[distances.length];
    for (int i = 0; i < up.length; i++) {
      up[i] = random.nextDouble() < 1 / (1 + Math.exp(-slope * distances[i]));
    }
    return up;
  }
}
