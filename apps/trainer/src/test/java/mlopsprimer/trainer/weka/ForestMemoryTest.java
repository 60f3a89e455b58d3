package mlopsprimer.trainer.weka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import mlopsprimer.contract.SettingsException;
import mlopsprimer.features.FeatureTable;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.forest.Forest;
import mlopsprimer.trainer.evaluation.WalkForward;
import org.junit.jupiter.api.Test;

class ForestMemoryTest {
  private static final FeatureTable TABLE = FeatureTable.of(Prices.years(3));
  private static final List<Integer> SIZES = WalkForward.trainingSizes(TABLE);
  private static final ForestSettings DEEP = new ForestSettings(300, 0, 1, 42);

  @Test
  void theDefaultSettingsFitInASmallHeap() {
    ForestSettings defaults = new ForestSettings(100, 5, 25, 42);

    assertThatCode(() -> requireFits(defaults, 2, 8L << 20)).doesNotThrowAnyException();
  }

  @Test
  void forestsThatFitAreAccepted() {
    assertThatCode(() -> requireFits(DEEP, 1, 64L << 20)).doesNotThrowAnyException();
  }

  @Test
  void forestsThatDoNotFitAreRefusedWithTheFactsAndTheRemedies() {
    assertThatThrownBy(() -> requireFits(DEEP, 2, 16L << 20))
        .isInstanceOf(SettingsException.class)
        .hasMessageMatching(
            "the forests do not fit in the heap: trees=300 nodes=\\d+ per tree, 2 at once need about"
                + " \\d+ MB, free are 16 MB; .*")
        .hasMessageContaining("fewer --trees")
        .hasMessageContaining("--max-depth")
        .hasMessageContaining("--min-leaf")
        .hasMessageContaining("fewer --threads")
        .hasMessageContaining("trainerMemory");
  }

  @Test
  void fewerThreadsNeedLessMemory() {
    assertThatThrownBy(() -> requireFits(DEEP, 6, 24L << 20)).hasMessageContaining("6 at once");
    assertThatCode(() -> requireFits(DEEP, 1, 24L << 20)).doesNotThrowAnyException();
  }

  @Test
  void aModelThatTheApiDoesNotReadIsRefusedBeforeItIsGrown() {
    ForestSettings huge = new ForestSettings(10_000, 0, 1, 42);

    assertThatThrownBy(() -> requireFits(huge, 1, 64L << 30))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("trees=10000")
        .hasMessageContaining("at most 8 MB");
  }

  @Test
  void theFirstTreeHasAboutAsManyNodesAsTheOthers() {
    Forest first = new WekaForestTrainer(DEEP.withTrees(1)).train(TABLE, TABLE.labelled());
    Forest forest = new WekaForestTrainer(DEEP.withTrees(50)).train(TABLE, TABLE.labelled());

    double perTree = forest.nodes() / 50.0;
    assertThat((double) first.nodes()).isBetween(0.85 * perTree, 1.15 * perTree);
  }

  private static void requireFits(ForestSettings settings, int threads, long freeHeap) {
    new ForestMemory(settings, threads, () -> freeHeap).requireFits(TABLE, SIZES);
  }
}
