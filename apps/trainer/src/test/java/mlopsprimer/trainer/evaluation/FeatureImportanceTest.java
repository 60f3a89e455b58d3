package mlopsprimer.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mlopsprimer.features.FeatureTable;
import mlopsprimer.fixtures.Forests;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.forest.Forest;
import mlopsprimer.store.Estimate;
import org.junit.jupiter.api.Test;

class FeatureImportanceTest {
  private static final FeatureTable TABLE = FeatureTable.of(Prices.years(3));

  @Test
  void onlyTheColumnThatTheForestReadsHasAnImportance() {
    Map<String, Estimate> importance = measure();

    assertThat(importance).hasSize(TABLE.schema().size());
    importance.forEach(
        (column, rise) -> {
          if (column.equals("log_return_1")) {
            assertThat(rise.value()).isNotZero();
            assertThat(rise.low()).isLessThan(rise.high());
          } else {
            assertThat(rise).isEqualTo(new Estimate(0.0, 0.0, 0.0));
          }
        });
  }

  @Test
  void theSameSeedGivesTheSameImportance() {
    assertThat(measure()).isEqualTo(measure());
  }

  private static Map<String, Estimate> measure() {
    List<Fold> folds = Fold.over(TABLE.labelled());
    Forest stump = Forests.stump(TABLE.schema().size()); // reads the first column only
    List<Forest> forests = Stream.generate(() -> stump).limit(folds.size()).toList();
    int days = folds.get(folds.size() - 1).to() - folds.get(0).from();
    return new FeatureImportance(TABLE, folds, forests).measure(new Bootstrap(days, 42), 42);
  }
}
