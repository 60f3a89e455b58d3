package mlopsprimer.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import mlopsprimer.features.FeatureTable;
import mlopsprimer.forest.Forest;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.store.Estimate;
import mlopsprimer.store.OutOfFold;
import mlopsprimer.trainer.Series;
import mlopsprimer.trainer.weka.ForestSettings;
import mlopsprimer.trainer.weka.WekaForestTrainer;
import org.junit.jupiter.api.Test;

class WalkForwardTest {
  private static final ForestTrainer TRAINER =
      new WekaForestTrainer(new ForestSettings(10, 4, 5, 42, 1));

  @Test
  void foldsCoverTheLastFiveSixthsWithOnePurgedSessionBetweenTrainingAndForecast() {
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
    FeatureTable table = Series.table();
    List<Integer> trainedOn = new ArrayList<>();
    ForestTrainer spy =
        (rows, count) -> {
          trainedOn.add(count);
          return TRAINER.train(rows, count);
        };

    Report report = new WalkForward(spy, 42, step -> {}).evaluate(table);

    List<Fold> folds = Fold.over(table.labelled());
    assertThat(trainedOn).isEqualTo(folds.stream().map(Fold::trainEnd).toList());
    assertThat(report.outOfFold().get(0).day()).isEqualTo(table.day(folds.get(0).from()));
    assertThat(report.outOfFold()).extracting(OutOfFold::day).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void forecastsDoNotChangeWithLaterPrices() {
    PriceSeries series = Series.years(5, "SPY");
    FeatureTable all = FeatureTable.of(series);
    FeatureTable cut = FeatureTable.of(series.upTo(series.lastDay().minusYears(1)));

    Fold fold = Fold.over(cut.labelled()).get(4);
    Forest ofAll = TRAINER.train(all, fold.trainEnd());
    Forest ofCut = TRAINER.train(cut, fold.trainEnd());

    for (int i = fold.from(); i < fold.to(); i++) {
      assertThat(ofAll.probabilityUp(all.row(i))).isEqualTo(ofCut.probabilityUp(cut.row(i)));
    }
  }

  @Test
  void withoutTwoHundredEarlierForecastsTheBaseRateIsForecast() {
    Report report = evaluate(FeatureTable.of(Series.years(5, "SPY")));
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
  void onSoShortASeriesTheBaseRateIsServedAndThereIsNoSkill() {
    Report report = evaluate(FeatureTable.of(Series.years(1, "SPY")));

    assertThat(report.outOfFold()).hasSizeLessThan(PlattScaling.FEWEST_ROWS);
    assertThat(report.calibration().isBaseRate()).isTrue();
    assertThat(report.evaluation().skill()).isNull();
  }

  @Test
  void everyForecasterHasEveryMetricWithItsInterval() {
    Report report = evaluate(Series.table());

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
  void skillIsWhatIsSavedOfTheBaseRatesBrierScore() {
    Report report = evaluate(Series.table());
    Function<String, Estimate> brier = of -> report.evaluation().scores().get(of).get("brier");

    if (report.calibration().isBaseRate()) {
      assertThat(report.evaluation().skill()).isNull();
    } else {
      assertThat(report.evaluation().skill())
          .isEqualTo(
              1
                  - brier.apply(WalkForward.MODEL).value()
                      / brier.apply(WalkForward.BASE_RATE).value());
    }
  }

  private static Report evaluate(FeatureTable table) {
    return new WalkForward(TRAINER, 42, step -> {}).evaluate(table);
  }
}
