package mlopsprimer.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import mlopsprimer.contract.Exchange;
import mlopsprimer.contract.Exchanges;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.DataFact;
import mlopsprimer.prices.DataSource;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.prices.TradingCalendar;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceReviewTest {
  private static final int SESSIONS = 1000;
  private static final int LAST = SESSIONS - 1;
  private static final List<DailyPrice> WALK = Prices.walk(Prices.FRIDAY, SESSIONS, 4);

  @Test
  void quietPricesHaveNoFacts() {
    assertThat(review(WALK)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.5, 1 / 1.5, 10, 0.1, 100, 0.48})
  void aNewestMoveOutOfAllProportionIsHeldBack(double factor) {
    assertRefused(times(row -> row == LAST ? factor : 1))
        .hasMessageContaining("the newest move is held back")
        .hasMessageContaining("day=2026-11-20 factor=")
        .hasMessageContaining("another session")
        .hasMessageContaining("--accept-move 2026-11-20");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.5, 1 / 1.5, 10, 0.1, 100})
  void anAcceptedMoveIsAFact(double factor) {
    PriceSeries series = series(times(row -> row == LAST ? factor : 1));
    assertThat(PriceReview.of(series, Optional.of(Prices.FRIDAY)).notes().facts())
        .singleElement()
        .satisfies(fact -> assertThat(fact.code()).isEqualTo("accepted-move"));
  }

  @Test
  void acceptingTheMoveOfAnotherDayAcceptsNothing() {
    PriceSeries series = series(times(row -> row == LAST ? 1.5 : 1));
    assertThatThrownBy(() -> PriceReview.of(series, Optional.of(LocalDate.of(2026, 11, 19))))
        .hasMessageContaining("held back");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.5, 1 / 1.5, 10, 0.1, 0.48})
  void anotherSessionConfirmsAMove(double factor) {
    assertThat(review(times(row -> row >= LAST - 1 ? factor : 1)))
        .singleElement()
        .satisfies(fact -> assertThat(fact.code()).isEqualTo("large-moves"))
        .satisfies(fact -> assertThat(fact.days()).containsExactly(WALK.get(LAST - 1).day()));
  }

  @Test
  void aMoveThatTheNextSessionUndoesIsHeldBack() {
    assertRefused(times(row -> row == LAST - 1 ? 10 : 1)).hasMessageContaining("held back");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 4, 1.0 / 132, 0.01, 100})
  void aLargeMoveThatStaysIsNeverSilent(double factor) {
    assertThat(review(times(row -> row >= 500 ? factor : 1)))
        .singleElement()
        .satisfies(fact -> assertThat(fact.code()).isEqualTo("large-moves"))
        .satisfies(fact -> assertThat(fact.text()).contains("does not say whether"));
  }

  @Test
  void anEarlierLargeMoveDoesNotHideTheNewestOne() {
    assertRefused(times(row -> row == LAST ? 1.5 : row >= 900 ? 0.25 : 1))
        .hasMessageContaining("held back");
  }

  @Test
  void aKnownSplitThatMovesTheAdjustedCloseIsRefused() {
    LocalDate day = WALK.get(500).day();
    PriceSeries split = withSplits(times(row -> row >= 500 ? 0.25 : 1), Map.of(day, 4.0));
    assertThatThrownBy(() -> PriceReview.of(split, Optional.empty()))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("not adjusted for a split")
        .hasMessageContaining("day=" + day);
  }

  @Test
  void aCrashIsToldFromASplitThatTheSourceWouldList() {
    PriceSeries crash = withSplits(times(row -> row >= 500 ? 0.48 : 1), Map.of());
    assertThat(PriceReview.of(crash, Optional.empty()).notes().facts())
        .singleElement()
        .satisfies(fact -> assertThat(fact.text()).contains("lists no split"));
  }

  @Test
  void aSplitOfTheCloseAloneIsNoFact() {
    List<DailyPrice> rows = map(row -> row);
    for (int i = 0; i < 500; i++) {
      DailyPrice row = rows.get(i);
      rows.set(
          i,
          new DailyPrice(
              row.day(),
              row.open() * 4,
              row.high() * 4,
              row.low() * 4,
              row.close() * 4,
              row.adjustedClose(),
              row.volume()));
    }
    assertThat(review(rows)).isEmpty();
  }

  @Test
  void weeklyBarsAreRefused() {
    assertRefused(every(5)).hasMessageContaining("not daily").hasMessageContaining("distance=7");
  }

  @Test
  void monthlyBarsAreRefused() {
    assertRefused(every(21)).hasMessageContaining("not daily");
  }

  @Test
  void aSeriesThatLacksMoreThanATenthOfItsSessionsIsRefused() {
    List<DailyPrice> rows = map(row -> row);
    rows.subList(300, 401).clear();
    assertRefused(rows).hasMessageContaining("too many sessions are missing: ");
    assertRefused(rows).hasMessageContaining("sessions=1000 missing=101");
  }

  @ParameterizedTest
  @ValueSource(strings = {"XLON", "XTKS", "24/7"})
  void theSessionsOfItsExchangeAreAskedOfASeries(String exchange) {
    PriceSeries whole = of(exchange, everySession(exchange));
    assertThat(PriceReview.of(whole, Optional.empty()).notes().facts()).isEmpty();

    List<DailyPrice> holes = everySession(exchange);
    holes.removeIf(row -> row.day().getDayOfYear() % 8 == 0);
    assertThatThrownBy(() -> PriceReview.of(of(exchange, holes), Optional.empty()))
        .hasMessageContaining("too many sessions are missing: ")
        .hasMessageContaining("calendar=" + exchange);
  }

  @Test
  void notEveryHoleIsAHolidayIfTheHolidaysAreNotKnown() {
    List<DailyPrice> rows = everySession("weekdays");
    rows.removeIf(row -> row.day().getDayOfYear() % 8 == 0);
    assertThatThrownBy(() -> PriceReview.of(of("weekdays", rows), Optional.empty()))
        .hasMessageContaining("too many sessions are missing: ")
        .hasMessageContaining("--exchange");
  }

  @Test
  void aSmallerHoleIsAFactWithItsDays() {
    List<DailyPrice> rows = map(row -> row);
    rows.subList(300, 320).clear();
    DataFact fact = review(rows).get(0);
    assertThat(fact.code()).isEqualTo("missing-sessions");
    assertThat(fact.count()).isEqualTo(20);
    assertThat(fact.days()).hasSize(10).startsWith(WALK.get(300).day());
  }

  @Test
  void everyTwelfthSessionThatACurrencyLacksIsAFact() {
    List<DailyPrice> rows = everySession("24/5");
    List<LocalDate> holes = new ArrayList<>();
    for (int i = rows.size() - 12; i > 0; i -= 12) {
      holes.add(0, rows.remove(i).day());
    }

    assertThat(PriceReview.of(of("24/5", rows), Optional.empty()).notes().facts())
        .singleElement()
        .satisfies(fact -> assertThat(fact.code()).isEqualTo("missing-sessions"))
        .satisfies(fact -> assertThat(fact.count()).isEqualTo(holes.size()));
  }

  @Test
  void weekdaysThatCountAsHolidaysAreAFact() {
    List<DailyPrice> rows = everySession("weekdays");
    rows.subList(300, 303).clear();
    DataFact fact = PriceReview.of(of("weekdays", rows), Optional.empty()).notes().facts().get(0);

    assertThat(fact.code()).isEqualTo("possible-holidays");
    assertThat(fact.count()).isEqualTo(3);
    assertThat(fact.text()).contains("calendar weekdays does not have the holidays");
  }

  @Test
  void aHoleIsLoggedAsAWarning() {
    List<DailyPrice> rows = map(row -> row);
    rows.remove(300);
    try (Logged log = new Logged(PriceReview.class)) {
      review(rows);
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("code=missing-sessions", WALK.get(300).day().toString());
    }
  }

  @Test
  void twoYearsOfFrozenClosesAreRefused() {
    assertRefused(frozen(400)).hasMessageContaining("frozen");
  }

  @Test
  void aWeekOfFrozenClosesIsAFact() {
    assertThat(review(frozen(8)))
        .singleElement()
        .satisfies(fact -> assertThat(fact.code()).isEqualTo("frozen-closes"))
        .satisfies(fact -> assertThat(fact.count()).isEqualTo(8));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1.001, 0.999})
  void aPriceThatOnlyRisesFallsOrStandsStillIsRefused(double factor) {
    List<DailyPrice> rows =
        IntStream.range(0, SESSIONS)
            .mapToObj(i -> flat(WALK.get(i).day(), 100 * Math.pow(factor, i)))
            .toList();
    assertRefused(rows).hasMessageContaining("never moves");
  }

  @Test
  void aCloseOutsideItsRangeIsAFact() {
    List<DailyPrice> rows = map(row -> row);
    DailyPrice row = rows.get(500);
    rows.set(
        500,
        new DailyPrice(
            row.day(),
            row.open(),
            row.high() * 0.9,
            row.low() * 0.9,
            row.close(),
            row.adjustedClose(),
            1));
    assertThat(review(rows)).extracting(DataFact::code).containsExactly("close-outside-range");
  }

  @Test
  void columnsWithEachOthersNamesAreRefused() {
    assertRefused(
            map(
                row ->
                    new DailyPrice(
                        row.day(),
                        row.open(),
                        /* high= */ row.low(),
                        /* low= */ row.high(),
                        row.close(),
                        row.adjustedClose(),
                        1)))
        .hasMessageContaining("not between low and high");
  }

  @Test
  void anAdjustedCloseThatIsWrongOnOneDayIsAFact() {
    List<DailyPrice> rows = map(row -> row);
    rows.set(500, Prices.with(rows.get(500), rows.get(500).adjustedClose() * 1.1, 1));
    assertThat(review(rows))
        .singleElement()
        .satisfies(fact -> assertThat(fact.code()).isEqualTo("adjustment-glitches"))
        .satisfies(fact -> assertThat(fact.days()).containsExactly(WALK.get(500).day()));
  }

  private static List<DailyPrice> frozen(int count) {
    List<DailyPrice> rows = map(row -> row);
    for (int i = 300; i < 300 + count; i++) {
      rows.set(i, flat(rows.get(i).day(), rows.get(299).adjustedClose()));
    }
    return rows;
  }

  private static DailyPrice flat(LocalDate day, double price) {
    return new DailyPrice(day, price, price, price, price, price, 0);
  }

  private static List<DailyPrice> every(int step) {
    return IntStream.range(0, SESSIONS).filter(i -> i % step == 0).mapToObj(WALK::get).toList();
  }

  private static List<DailyPrice> times(IntToDoubleFunction factor) {
    return IntStream.range(0, SESSIONS)
        .mapToObj(i -> Prices.times(WALK.get(i), factor.applyAsDouble(i)))
        .toList();
  }

  private static List<DailyPrice> map(UnaryOperator<DailyPrice> change) {
    return new ArrayList<>(WALK.stream().map(change).toList());
  }

  private static List<DataFact> review(List<DailyPrice> rows) {
    return PriceReview.of(series(rows), Optional.empty()).notes().facts();
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      List<DailyPrice> rows) {
    return assertThatThrownBy(() -> review(rows)).isInstanceOf(BadDataException.class);
  }

  private static List<DailyPrice> everySession(String exchange) {
    List<LocalDate> days =
        TradingCalendar.of(Exchanges.of(exchange))
            .sessionsBetween(Prices.FRIDAY.minusYears(2), Prices.FRIDAY);
    return new ArrayList<>(
        IntStream.range(0, days.size()).mapToObj(i -> moved(WALK.get(i), days.get(i))).toList());
  }

  private static DailyPrice moved(DailyPrice row, LocalDate day) {
    return new DailyPrice(
        day, row.open(), row.high(), row.low(), row.close(), row.adjustedClose(), row.volume());
  }

  private static PriceSeries of(String code, List<DailyPrice> rows) {
    Exchange exchange = Exchanges.of(code);
    return new PriceSeries(
        Prices.SPY,
        new DataSource("csv:prices.csv"),
        exchange.zone(),
        TradingCalendar.of(exchange),
        rows);
  }

  private static PriceSeries withSplits(List<DailyPrice> rows, Map<LocalDate, Double> splits) {
    return Market.withSplits(series(rows), splits);
  }

  private static PriceSeries series(List<DailyPrice> rows) {
    return Prices.series(new DataSource("csv:prices.csv"), rows);
  }
}
