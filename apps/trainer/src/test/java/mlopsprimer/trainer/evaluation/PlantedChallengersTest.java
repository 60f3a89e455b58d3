package mlopsprimer.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import mlopsprimer.features.FeatureTable;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.store.OutOfFold;
import mlopsprimer.trainer.weka.ForestSettings;
import mlopsprimer.trainer.weka.WekaForestTrainer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Challengers with a planted fault, and challengers of 60 nights without a fault. */
class PlantedChallengersTest {
  private static final int FIVE_YEARS = 1258;
  private static final PriceSeries SERIES = Prices.series(FIVE_YEARS, 1);
  private static final ForestSettings SETTINGS = new ForestSettings(10, 5, 25, 42);
  private static Promotion.Candidate champion;

  @BeforeAll
  static void trainTheChampion() {
    champion = candidate(SERIES, SETTINGS);
  }

  @Test
  void pricesOfAnotherInstrumentAreRefused() {
    assertOtherPrices(Prices.series(FIVE_YEARS, 2));
  }

  @Test
  void anAdjustedCloseThatIsShiftedByADayIsRefused() {
    List<DailyPrice> rows = new ArrayList<>(SERIES.rows());
    for (int i = rows.size() - 1; i > 0; i--) {
      rows.set(i, Prices.with(rows.get(i), rows.get(i - 1).adjustedClose(), rows.get(i).volume()));
    }
    assertOtherPrices(SERIES.withRows(rows));
  }

  @Test
  void shuffledReturnsAreRefused() {
    List<Double> returns = new ArrayList<>();
    for (int i = 1; i < SERIES.rows().size(); i++) {
      returns.add(SERIES.rows().get(i).adjustedClose() / SERIES.rows().get(i - 1).adjustedClose());
    }
    Collections.shuffle(returns, new Random(1));
    List<DailyPrice> rows = new ArrayList<>(SERIES.rows());
    double close = rows.get(0).adjustedClose();
    for (int i = 1; i < rows.size(); i++) {
      close *= returns.get(i - 1);
      rows.set(i, Prices.with(rows.get(i), close, rows.get(i).volume()));
    }
    assertOtherPrices(SERIES.withRows(rows));
  }

  @Test
  void aTurnedModelIsNotPromoted() {
    Verdict verdict = judge(turned(row -> with(row, row.forest(), 1 - row.forecast())));

    assertThat(verdict.promoted()).isFalse();
  }

  @Test
  void aTurnedForestThatTheCalibrationIgnoresIsNotPromoted() {
    Verdict verdict = judge(turned(row -> with(row, 1 - row.forest(), row.baseRate())));

    assertThat(verdict.promoted()).isFalse();
    assertThat(verdict.reason()).contains("opposite");
  }

  @Test
  void oneUnlimitedTreeIsNotPromoted() {
    Verdict verdict = judge(candidate(SERIES, new ForestSettings(1, 0, 1, 42)));

    assertThat(verdict.promoted()).isFalse();
    assertThat(verdict.reason()).contains("before calibration");
  }

  @Test
  void aForestWithOtherSettingsIsPromoted() {
    assertThat(judge(candidate(SERIES, new ForestSettings(10, 4, 30, 7))).promoted()).isTrue();
  }

  @Test
  void inSixtyNightsNoMoreThanOneInTwentyGoodChallengersIsRefused() {
    int nights = 60;
    List<DailyPrice> rows = Prices.series(FIVE_YEARS + nights, 3).rows();
    Promotion.Candidate served = candidate(SERIES.withRows(rows.subList(0, FIVE_YEARS)), SETTINGS);
    int refused = 0;
    for (int night = 1; night <= nights; night++) {
      PriceSeries window = SERIES.withRows(rows.subList(night, night + FIVE_YEARS));
      Promotion.Candidate challenger = candidate(window, SETTINGS);
      if (Promotion.judge(challenger, served, SETTINGS.seed()).promoted()) {
        served = challenger;
      } else {
        refused++;
      }
    }
    assertThat(refused).isLessThanOrEqualTo(nights / 20);
  }

  private static void assertOtherPrices(PriceSeries series) {
    assertThatThrownBy(() -> judge(candidate(series, SETTINGS)))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("these are other prices")
        .hasMessageContaining("98 %");
  }

  private static Verdict judge(Promotion.Candidate challenger) {
    return Promotion.judge(challenger, champion, SETTINGS.seed());
  }

  private static Promotion.Candidate turned(UnaryOperator<OutOfFold> turn) {
    return new Promotion.Candidate(
        champion.dataSource(),
        champion.lastDay(),
        champion.outOfFold().stream().map(turn).toList());
  }

  private static OutOfFold with(OutOfFold row, double forest, double forecast) {
    return new OutOfFold(
        row.day(), row.fold(), forest, forecast, row.baseRate(), row.persistence(), row.up());
  }

  private static Promotion.Candidate candidate(PriceSeries series, ForestSettings settings) {
    Report report =
        new WalkForward(new WekaForestTrainer(settings), 2, settings.seed(), step -> {})
            .evaluate(FeatureTable.of(series));
    return new Promotion.Candidate(series.source(), series.lastDay(), report.outOfFold());
  }
}
