package mlopsprimer.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.DataFact;
import mlopsprimer.prices.DataSource;
import mlopsprimer.prices.PriceSeries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitChecksTest {
  private static final int SESSIONS = 600;
  private static final List<DailyPrice> WALK = Prices.walk(Prices.FRIDAY, SESSIONS, 4);

  /** Rows from the end: 1 is the newest row. */
  @ParameterizedTest
  @CsvSource({
    "1.2, 1",
    "1.2, 3",
    "1.2, 60",
    "1.25, 1",
    "1.25, 40",
    "1.5, 1",
    "4, 1",
    "4, 40",
    "0.1, 1",
    "0.1, 60",
    "0.8, 60",
    "20, 300"
  })
  void aKnownSplitThatIsNotAdjustedIsRefused(double ratio, int fromEnd) {
    int row = SESSIONS - fromEnd;
    assertThatThrownBy(() -> review(unadjusted(row, ratio), WALK.get(row).day(), ratio))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("not adjusted for a split")
        .hasMessageContaining("day=" + WALK.get(row).day());
  }

  @ParameterizedTest
  @CsvSource({"1.02, 1", "1.02, 60", "1.05, 1", "1.05, 3", "1.05, 60", "1.1, 1", "1.1, 60"})
  void aSmallSplitThatIsNotAdjustedIsNeverSilent(double ratio, int fromEnd) {
    int row = SESSIONS - fromEnd;
    try {
      assertThat(review(unadjusted(row, ratio), WALK.get(row).day(), ratio))
          .extracting(DataFact::code)
          .contains("unclear-splits");
    } catch (BadDataException e) {
      assertThat(e).hasMessageContaining("not adjusted for a split");
    }
  }

  @Test
  void acceptingTheMoveDoesNotAcceptAnUnadjustedSplit() {
    int last = SESSIONS - 1;
    PriceSeries series = series(unadjusted(last, 4), Map.of(WALK.get(last).day(), 4.0));
    assertThatThrownBy(() -> PriceReview.of(series, Optional.of(series.lastDay())))
        .hasMessageContaining("not adjusted for a split");
  }

  @ParameterizedTest
  @ValueSource(ints = {-20, -7, -4, 0, 4, 7, 20})
  void aLargeSplitIsKnownByAnyDayNearby(int days) {
    LocalDate listed = WALK.get(300).day().plusDays(days);
    assertThatThrownBy(() -> review(unadjusted(300, 4), listed, 4))
        .hasMessageContaining("not adjusted for a split");
  }

  @Test
  void aCrashNearASplitIsNoSplit() {
    assertThat(review(unadjusted(300, 1 / 0.48), WALK.get(298).day(), 10))
        .extracting(DataFact::text)
        .singleElement()
        .asString()
        .contains("lists no split that explains them");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.25, 1.5, 2, 4, 20, 0.5, 0.1})
  void anAdjustedSplitIsFineOnAnyDay(double ratio) {
    for (int row = 1; row < SESSIONS; row++) {
      assertThat(review(WALK, WALK.get(row).day(), ratio)).as("row " + row).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.00275, 1.05, 1.1, 1.2})
  void aSmallAdjustedSplitIsNotRefused(double ratio) {
    for (int row = 1; row < SESSIONS; row++) {
      assertThat(review(WALK, WALK.get(row).day(), ratio))
          .as("row " + row)
          .allMatch(fact -> fact.code().equals("unclear-splits"));
    }
  }

  @Test
  void aSplitOutsideTheHistoryIsFine() {
    assertThat(review(WALK, LocalDate.of(1990, 1, 2), 2)).isEmpty();
  }

  private static List<DailyPrice> unadjusted(int from, double ratio) {
    return new ArrayList<>(
        IntStream.range(0, SESSIONS)
            .mapToObj(i -> i < from ? WALK.get(i) : Prices.times(WALK.get(i), 1 / ratio))
            .toList());
  }

  private static List<DataFact> review(List<DailyPrice> rows, LocalDate day, double ratio) {
    return PriceReview.of(series(rows, Map.of(day, ratio)), Optional.empty()).notes().facts();
  }

  private static PriceSeries series(List<DailyPrice> rows, Map<LocalDate, Double> splits) {
    return Market.withSplits(Prices.series(new DataSource("csv:prices.csv"), rows), splits);
  }
}
