package mlopsprimer.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Period;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import mlopsprimer.features.FeatureTable;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.forest.ModelFormat;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.store.Estimate;
import mlopsprimer.store.Evaluation;
import mlopsprimer.store.OutOfFold;
import mlopsprimer.trainer.weka.ForestSettings;
import mlopsprimer.trainer.weka.WekaForestTrainer;
import org.junit.jupiter.api.Test;

class WalkForwardTest {
  private static final ForestTrainer TRAINER =
      new WekaForestTrainer(new ForestSettings(10, 4, 5, 42));

  @Test
  void foldsAreSeparatedFromTheirTrainingRowsByOneSession() {
    List<Fold> folds = Fold.over(1207);

    assertThat(folds)
        .containsExactly(
            new Fold(1, 201, 202, 403),
            new Fold(2, 402, 403, 604),
            new Fold(3, 603, 604, 805),
            new Fold(4, 804, 805, 1006),
            new Fold(5, 1005, 1006, 1207));
  }

  @Test
  void everyForecastComesFromRowsBeforeItsFold() {
    FeatureTable table = FeatureTable.of(Prices.years(3));
    List<Integer> trainedOn = Collections.synchronizedList(new ArrayList<>());
    ForestTrainer spy =
        (rows, count) -> {
          trainedOn.add(count);
          return TRAINER.train(rows, count);
        };

    Report report = new WalkForward(spy, 2, 42, step -> {}).evaluate(table);

    List<Fold> folds = Fold.over(table.labelled());
    assertThat(trainedOn)
        .containsExactlyInAnyOrder(
            folds.get(0).trainEnd(),
            folds.get(1).trainEnd(),
            folds.get(2).trainEnd(),
            folds.get(3).trainEnd(),
            folds.get(4).trainEnd(),
            table.labelled());
    assertThat(report.outOfFold().get(0).day()).isEqualTo(table.day(folds.get(0).from()));
    assertThat(report.outOfFold()).extracting(OutOfFold::day).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void nothingInAFoldsForecastsDependsOnLaterPrices() {
    PriceSeries series = Prices.years(5);
    FeatureTable table = FeatureTable.of(series);
    Fold fourth = Fold.over(table.labelled()).get(3);
    int lookback = series.rows().size() - table.labelled() - 1;
    List<DailyPrice> rows = new ArrayList<>(series.rows());
    // The label of the fold's last row is the direction of the session after it.
    for (int i = lookback + fourth.to() + 1; i < rows.size(); i++) {
      DailyPrice row = rows.get(i);
      double other = i % 2 == 0 ? 70 : 90;
      rows.set(i, new DailyPrice(row.day(), other, other, other, other, other, 1 + i % 7));
    }
    PriceSeries changed = series.withRows(rows);

    List<OutOfFold> before = evaluate(table).outOfFold();
    List<OutOfFold> after = evaluate(FeatureTable.of(changed)).outOfFold();

    int known = before.size() / Fold.COUNT * 4;
    assertThat(after.subList(0, known)).isEqualTo(before.subList(0, known));
    assertThat(after).isNotEqualTo(before);
  }

  @Test
  void aForestThatNoFoldHasTestedIsNotServed() {
    PriceSeries series = Prices.years(2);
    FeatureTable table = FeatureTable.of(series.lastOf(Period.ofMonths(16)));

    Report report = evaluate(table);

    assertThat(report.outOfFold()).hasSizeBetween(CalibrationRule.FEWEST_ROWS, 249);
    assertThat(report.model().calibration().isBaseRate()).isTrue();
    assertThat(report.evaluation().skill()).isNull();
  }

  @Test
  void withoutTwoHundredEarlierForecastsTheBaseRateIsForecast() {
    Report report = evaluate(FeatureTable.of(Prices.years(5)));
    int perFold = report.outOfFold().size() / Fold.COUNT;

    assertThat(perFold).as("two folds together have 200 rows").isBetween(100, 220);
    assertThat(report.outOfFold().stream().filter(row -> row.fold() == 1))
        .allSatisfy(row -> assertThat(row.forecast()).isCloseTo(row.baseRate(), within(1e-12)));
    assertThat(
            report.outOfFold().stream()
                .filter(row -> row.fold() == 5)
                .map(OutOfFold::forecast)
                .collect(Collectors.toSet()))
        .as("later folds are calibrated")
        .hasSizeGreaterThan(10);
  }

  @Test
  void aShortSeriesServesTheBaseRate() {
    Report report = evaluate(FeatureTable.of(Prices.years(1)));

    assertThat(report.outOfFold()).hasSizeLessThan(CalibrationRule.FEWEST_ROWS);
    assertThat(report.model().calibration().isBaseRate()).isTrue();
    assertThat(report.evaluation().skill()).isNull();
  }

  @Test
  void oneThreadOrManyGiveTheSameReport() {
    FeatureTable table = FeatureTable.of(Prices.years(3));

    Report one = new WalkForward(TRAINER, 1, 42, step -> {}).evaluate(table);
    Report many = new WalkForward(TRAINER, 6, 42, step -> {}).evaluate(table);

    assertThat(many.outOfFold()).isEqualTo(one.outOfFold());
    assertThat(many.evaluation()).isEqualTo(one.evaluation());
    assertThat(ModelFormat.write(many.model())).isEqualTo(ModelFormat.write(one.model()));
  }

  @Test
  void aForestThatFailsInAnyThreadEndsTheRun() {
    FeatureTable table = FeatureTable.of(Prices.years(3));
    ForestTrainer failing =
        (rows, count) -> {
          if (count > 300 && count < table.labelled()) {
            throw new OutOfMemoryError("a tree too many");
          }
          return TRAINER.train(rows, count);
        };

    assertThatThrownBy(() -> new WalkForward(failing, 3, 42, step -> {}).evaluate(table))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void everyForecasterHasEveryMetricWithItsInterval() {
    Report report = evaluate(FeatureTable.of(Prices.years(3)));

    assertThat(report.evaluation().scores())
        .containsOnlyKeys(WalkForward.MODEL, WalkForward.BASE_RATE, WalkForward.PERSISTENCE);
    report
        .evaluation()
        .scores()
        .values()
        .forEach(
            metrics -> {
              assertThat(metrics)
                  .containsOnlyKeys(
                      "brier", "logLoss", "rocAuc", "accuracy", "balancedAccuracy", "ece");
              assertThat(metrics.values())
                  .allSatisfy(estimate -> assertThat(estimate.low()).isNotNull())
                  .allSatisfy(
                      estimate -> assertThat(estimate.low()).isLessThanOrEqualTo(estimate.high()));
            });
  }

  @Test
  void skillIsOneMinusTheRatioOfTheBrierScores() {
    Evaluation evaluation = evaluate(FeatureTable.of(Prices.years(3))).evaluation();
    Function<String, Estimate> brier = of -> evaluation.scores().get(of).get("brier");
    Estimate skill = evaluation.measuredSkill();

    assertThat(skill.value())
        .isCloseTo(
            1 - brier.apply(WalkForward.MODEL).value() / brier.apply(WalkForward.BASE_RATE).value(),
            within(1e-12));
    assertThat(skill.value()).isBetween(skill.low(), skill.high());
  }

  @Test
  void theForestIsServedOnlyIfItScoredBetterThanTheBaseRate() {
    int served = 0;
    for (int seed = 1; seed <= 8; seed++) {
      Report report = evaluate(FeatureTable.of(Prices.series(1000, seed)));
      Estimate measured = report.evaluation().measuredSkill();
      if (report.model().calibration().isBaseRate()) {
        assertThat(report.evaluation().skill()).isNull();
      } else {
        served++;
        assertThat(report.evaluation().skill()).isPositive().isEqualTo(measured.value());
      }
      if (measured.value() <= 0) {
        assertThat(report.model().calibration().isBaseRate()).isTrue();
      }
    }
    assertThat(served).as("series of 8 whose forest is served").isBetween(1, 7);
  }

  @Test
  void aServedBaseRateIsTheSmoothedShareOfUpDays() {
    FeatureTable table = FeatureTable.of(Prices.years(1));
    Report report = evaluate(table);

    double smoothed =
        CalibrationRule.CHOSEN.baseRate(table.shareUp(0, table.labelled()), table.labelled());
    assertThat(report.model().calibration().isBaseRate()).isTrue();
    assertThat(report.model().probabilityUp(table.latest())).isCloseTo(smoothed, within(1e-12));
    assertThat(report.evaluation().baseRate()).isEqualTo(smoothed);
  }

  @Test
  void everyColumnHasAnImportance() {
    FeatureTable table = FeatureTable.of(Prices.years(3));

    assertThat(evaluate(table).evaluation().importance().keySet())
        .containsExactlyElementsOf(table.schema().names());
  }

  private static Report evaluate(FeatureTable table) {
    return new WalkForward(TRAINER, 2, 42, step -> {}).evaluate(table);
  }
}
