package mlopsprimer.trainer.weka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import mlopsprimer.features.FeatureTable;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.forest.Calibration;
import mlopsprimer.forest.DirectionModel;
import mlopsprimer.forest.Forest;
import mlopsprimer.forest.ModelFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weka.classifiers.Classifier;
import weka.classifiers.trees.RandomForest;
import weka.classifiers.trees.RandomTree;
import weka.core.Instances;

class WekaForestTrainerTest {
  private static final FeatureTable TABLE = FeatureTable.of(Prices.years(3));

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "50, 5, 5", "20, 0, 1", "10, 1, 200"})
  void theFlatForestGivesTheProbabilityOfWekaOnEveryRow(int trees, int depth, int minLeaf)
      throws Exception {
    Forest flat =
        new WekaForestTrainer(new ForestSettings(trees, depth, minLeaf, 42))
            .train(TABLE, TABLE.labelled());

    RandomForest weka = new RandomForest();
    weka.setOptions("-I %d -depth %d -M %d -S 42".formatted(trees, depth, minLeaf).split(" "));
    Instances data = WekaForestTrainer.instances(TABLE, TABLE.labelled());
    weka.buildClassifier(data);
    for (int i = 0; i < TABLE.labelled(); i++) {
      assertThat(flat.probabilityUp(TABLE.row(i)))
          .isEqualTo(weka.distributionForInstance(data.instance(i))[WekaTrees.UP]);
    }
    assertThat(flat.trees()).isEqualTo(trees);
  }

  @Test
  void theSeedDecidesTheBytes() {
    byte[] one = bytes(new ForestSettings(30, 5, 5, 7));

    assertThat(bytes(new ForestSettings(30, 5, 5, 7))).isEqualTo(one);
    assertThat(bytes(new ForestSettings(30, 5, 5, 8))).isNotEqualTo(one);
  }

  @Test
  void aTreeThatWekaDidNotGrowEndsTheRun() {
    assertThatThrownBy(() -> WekaTrees.flatten(new Classifier[] {new RandomTree()}, 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("tree 1 of 1 was not grown")
        .hasMessageContaining("-Xmx");
  }

  private static byte[] bytes(ForestSettings settings) {
    Forest forest = new WekaForestTrainer(settings).train(TABLE, TABLE.labelled());
    return ModelFormat.write(
        new DirectionModel(TABLE.schema().id(), new Calibration(1, 0), forest));
  }
}
