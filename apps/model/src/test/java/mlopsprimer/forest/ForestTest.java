package mlopsprimer.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import mlopsprimer.fixtures.Forests;
import org.junit.jupiter.api.Test;

class ForestTest {
  private static final short LEAF = -1;

  @Test
  void onlyAValueBelowTheThresholdGoesLeft() {
    Forest stump = Forests.stump(1);

    assertThat(stump.probabilityUp(new double[] {-0.001})).isEqualTo(0.25);
    assertThat(stump.probabilityUp(new double[] {0})).isEqualTo(0.75);
  }

  @Test
  void allTreesHaveTheSameWeight() {
    ForestBuilder builder = new ForestBuilder(1);
    builder.startTree();
    builder.leaf(0, 100);
    builder.startTree();
    builder.leaf(1, 0);

    assertThat(builder.build().probabilityUp(new double[] {1})).isEqualTo(0.5);
  }

  @Test
  void aRowOfAnotherWidthIsRefused() {
    assertThatThrownBy(() -> Forests.stump(2).probabilityUp(new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 values")
        .hasMessageContaining("needs 2");
  }

  @Test
  void aChildThatPointsBackIsRefused() {
    assertRefused(new short[] {0, LEAF, LEAF}, new double[3], new int[] {0, 0, 0});
    assertRefused(new short[] {0, LEAF, LEAF}, new double[3], new int[] {1, 0, 0});
  }

  @Test
  void aChildOutsideItsTreeIsRefused() {
    assertRefused(new short[] {0, LEAF, LEAF}, new double[3], new int[] {3, 0, 0});
    assertRefused(new short[] {0, 0, LEAF}, new double[3], new int[] {2, 3, 0});
  }

  @Test
  void aThresholdThatIsNotFiniteIsRefused() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertRefused(new short[] {0, LEAF, LEAF}, new double[] {bad, 0, 0}, new int[] {2, 0, 0});
    }
  }

  @Test
  void aFeatureThatTheRowsDoNotHaveIsRefused() {
    assertRefused(new short[] {1, LEAF, LEAF}, new double[3], new int[] {2, 0, 0});
    assertRefused(new short[] {-2, LEAF, LEAF}, new double[3], new int[] {2, 0, 0});
  }

  @Test
  void aLeafWithoutWeightIsRefused() {
    assertThatThrownBy(
            () ->
                new Forest(
                    1,
                    new int[] {0},
                    new short[] {LEAF},
                    new double[1],
                    new int[1],
                    new int[1],
                    new int[1]))
        .isInstanceOf(CorruptModelException.class)
        .hasMessageContaining("no training weight");
  }

  private static void assertRefused(short[] feature, double[] threshold, int[] right) {
    int[] weights = {0, 1, 1};
    assertThatThrownBy(
            () -> new Forest(1, new int[] {0}, feature, threshold, right, weights, weights))
        .isInstanceOf(CorruptModelException.class)
        .hasMessageContaining("not a forest");
  }
}
