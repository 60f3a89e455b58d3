package mlopsprimer.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import mlopsprimer.store.Estimate;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  @Test
  void theIntervalIsWiderIfNeighbouringDaysAreAlike() {
    Random random = new Random(1);
    double[] alike = new double[1000];
    double[] shuffled = new double[1000];
    for (int i = 0; i < alike.length; i++) {
      alike[i] = i % 20 == 0 ? random.nextGaussian() : alike[i - 1];
    }
    int[] order = random.ints(0, 1000).distinct().limit(1000).toArray();
    for (int i = 0; i < order.length; i++) {
      shuffled[i] = alike[order[i]];
    }

    Bootstrap bootstrap = new Bootstrap(1000, 42);

    assertThat(width(bootstrap.mean(alike))).isGreaterThan(2 * width(bootstrap.mean(shuffled)));
  }

  @Test
  void theIntervalOfIndependentDaysHasTheWidthOfTheCentralLimitTheorem() {
    double[] days = new Random(1).doubles(2000).toArray();

    double expected = 2 * 1.96 * Math.sqrt(1.0 / 12 / 2000);

    assertThat(width(new Bootstrap(2000, 42).mean(days)))
        .isBetween(0.75 * expected, 1.25 * expected);
  }

  @Test
  void theIntervalOfThePairedSkillIsShorterThanThatOfEitherScore() {
    Random random = new Random(1);
    double[] baseline = random.doubles(1000, 0.1, 0.4).toArray();
    double[] losses = new double[1000];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = 0.99 * baseline[i];
    }

    Estimate skill = new Bootstrap(1000, 42).skill(losses, baseline);

    assertThat(skill.value()).isBetween(0.0099, 0.0101);
    assertThat(skill.low()).isBetween(0.0099, 0.0101);
    assertThat(skill.high()).isBetween(0.0099, 0.0101);
  }

  @Test
  void aFewDaysHaveAnIntervalToo() {
    Estimate mean = new Bootstrap(3, 42).mean(new double[] {0, 1, 2});

    assertThat(mean.value()).isEqualTo(1);
    assertThat(mean.low()).isLessThan(mean.high());
  }

  private static double width(Estimate estimate) {
    return estimate.high() - estimate.low();
  }
}
