package mlopsprimer.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.MissingSessions;
import mlopsprimer.prices.PriceSeries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YahooChartTest {
  private static final int LAST = Market.SESSIONS - 1;

  @Test
  void aGoodChartGivesItsRows() {
    assertThat(parse(ChartJson.good())).isEqualTo(Market.series("yahoo"));
  }

  @Test
  void aLastRowWithoutACloseIsLeftOut() {
    PriceSeries series = parse(ChartJson.good().with("close", LAST, null));
    assertThat(series.rows()).isEqualTo(Market.walk().subList(0, LAST));
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "adjclose"})
  void aRowThatLacksAPriceIsLeftOutAndCounted(String array) {
    try (Logged log = new Logged(PriceRows.class)) {
      PriceSeries series =
          parse(ChartJson.good().with(array, 100, null).with(array, 200, Double.NaN));
      List<DailyPrice> expected = new ArrayList<>(Market.walk());
      expected.remove(200);
      expected.remove(100);
      assertThat(series.rows()).isEqualTo(expected);
      assertThat(log.lines()).singleElement().asString().contains("ticker=SPY", "incomplete=2");
      assertThat(series.notes().facts())
          .singleElement()
          .satisfies(fact -> assertThat(fact.code()).isEqualTo("rows-left-out"))
          .satisfies(fact -> assertThat(fact.count()).isEqualTo(2));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "high", "low"})
  void aPriceThatNoFeatureReadsMayBeMissing(String array) {
    PriceSeries series =
        parse(ChartJson.good().with(array, 100, null).with(array, 200, 0.0).with(array, 201, -1.0));
    assertThat(series.rows()).hasSize(Market.SESSIONS);
    assertThat(series.notes().facts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1})
  void aNewestRowOfZeroIsLeftOutAndCounted(double price) {
    PriceSeries series =
        parse(ChartJson.good().with("close", LAST, price).with("adjclose", LAST, price));
    assertThat(series.lastDay()).isEqualTo(Market.FRIDAY.minusDays(1));
    assertThat(series.notes().facts())
        .singleElement()
        .satisfies(fact -> assertThat(fact.days()).containsExactly(Market.FRIDAY));
  }

  @Test
  void aRowThatIsOlderThanTheHistoryIsNotJudged() {
    PriceSeries series = parse(ChartJson.good().with("adjclose", 3, -1.0));
    assertThat(series.rows()).hasSize(Market.SESSIONS - 1);
    assertThat(series.notes().facts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5d", "1wk", "1mo", "3mo", "1h", "1m"})
  void barsThatAreNotDailyAreRefused(String granularity) {
    assertBad(ChartJson.good().granularity(granularity), "dataGranularity=" + granularity);
  }

  @Test
  void barsThatYahooCallsDailyAreAccepted() {
    assertThat(parse(ChartJson.good().granularity("1d"))).isEqualTo(Market.series("yahoo"));
  }

  @Test
  void theAnswerForAnotherSymbolIsRefused() {
    assertBad(ChartJson.good().symbol("QQQ"), "ticker=SPY symbol=QQQ");
    assertThat(parse(ChartJson.good().symbol("spy")).rows()).hasSize(Market.SESSIONS);
  }

  @Test
  void theSplitsOfTheAnswerAreKnown() {
    LocalDate day = Market.walk().get(150).day();
    assertThat(parse(ChartJson.good().split(day, 4, 1)).notes().splits())
        .contains(Map.of(day, 4.0));
  }

  /** Yahoo stamps some bars at midnight of summer time, which is 23:00 the day before. */
  @ParameterizedTest
  @ValueSource(ints = {22, 23})
  void aBarThatIsStampedLateInTheEveningBelongsToTheNextDay(int hour) {
    ChartJson chart = ChartJson.good().withoutSession();
    for (int i = 0; i < Market.SESSIONS; i++) {
      LocalDate before = Market.walk().get(i).day().minusDays(1);
      chart.withTimestamp(i, new JsonPrimitive(ChartJson.secondOf(before, LocalTime.of(hour, 0))));
    }
    assertThat(parse(chart).rows()).isEqualTo(Market.walk());
  }

  @Test
  void aCompletedDayWithVolumeAndNoPricesIsLeftOut() {
    assertThat(parse(ChartJson.good().withoutPrices(LAST)).lastDay())
        .isEqualTo(Market.FRIDAY.minusDays(1));
  }

  @Test
  void aMissingVolumeIsZero() {
    PriceSeries series =
        parse(ChartJson.good().with("volume", 7, null).with("volume", 8, Double.NaN));
    assertThat(series.rows()).hasSize(Market.SESSIONS);
    assertThat(series.rows().get(7).volume()).isZero();
    assertThat(series.rows().get(8).volume()).isZero();
  }

  @Test
  void theLaterOfTwoRowsOfOneDayIsKeptInEitherOrder() {
    ChartJson chart = ChartJson.good().plus(Market.FRIDAY, LocalTime.of(16, 0, 1), 555);
    PriceSeries series = parse(chart);
    assertThat(series.rows()).hasSize(Market.SESSIONS);
    assertThat(series.rows().get(LAST).close()).isEqualTo(555);
    assertThat(parse(chart.shuffled(3))).isEqualTo(series);
  }

  @Test
  void aLiveRowWithoutPricesDoesNotReplaceTheRowOfItsDay() {
    ChartJson chart =
        ChartJson.good()
            .plus(Market.FRIDAY, LocalTime.of(16, 0, 1), 555)
            .withoutPrices(Market.SESSIONS);
    assertThat(parse(chart)).isEqualTo(Market.series("yahoo"));
  }

  @Test
  void rowsOfTheFutureAreLeftOutAndCounted() {
    ChartJson chart =
        ChartJson.good()
            .plus(LocalDate.of(2024, 11, 18), LocalTime.of(9, 30), 500)
            .plus(LocalDate.of(2034, 11, 20), LocalTime.of(9, 30), 500);
    try (Logged log = new Logged(PriceRows.class)) {
      assertThat(parse(chart)).isEqualTo(Market.series("yahoo"));
      assertThat(log.lines()).singleElement().asString().contains("unfinished=2");
    }
  }

  @Test
  void aRowOfTheFutureWithoutPricesIsLeftOut() {
    ChartJson chart =
        ChartJson.good()
            .plus(LocalDate.of(2024, 11, 18), LocalTime.of(9, 30), 500)
            .withoutPrices(Market.SESSIONS);
    assertThat(parse(chart)).isEqualTo(Market.series("yahoo"));
  }

  @Test
  void unsortedRowsAreSorted() {
    try (Logged log = new Logged(PriceRows.class)) {
      assertThat(parse(ChartJson.good().shuffled(2))).isEqualTo(Market.series("yahoo"));
      assertThat(log.lines()).singleElement().asString().contains("sorted=false");
    }
  }

  @Test
  void aRowWithoutATimeIsLeftOutAndCounted() {
    try (Logged log = new Logged(PriceRows.class)) {
      assertThat(parse(ChartJson.good().withTimestamp(3, JsonNull.INSTANCE)).rows())
          .hasSize(Market.SESSIONS - 1);
      assertThat(log.lines()).singleElement().asString().contains("incomplete=1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "high", "low", "close", "volume", "adjclose"})
  void anArrayOfAnotherLengthIsNamed(String array) {
    assertBad(ChartJson.good().shortened(array), "array " + array + " has 299 values for 300 days");
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "high", "low", "close", "volume", "adjclose"})
  void aMissingArrayIsNamed(String array) {
    assertBad(ChartJson.good().without(array), "array " + array);
  }

  @Test
  void anUnknownTimeZoneIsNamed() {
    assertBad(ChartJson.good().zone("Mars/Phobos"), "exchangeTimezoneName=Mars/Phobos");
  }

  @Test
  void aChartWithoutMetaHasNoTimeZone() {
    assertBad(ChartJson.good().withoutMeta(), "no object meta in Yahoo's answer: ticker=SPY");
  }

  @Test
  void aPriceThatIsNotFiniteIsRefusedWithItsDay() {
    assertBad(
        ChartJson.good().with("adjclose", LAST - 1, Double.POSITIVE_INFINITY),
        "adjusted close is Infinity on 2024-11-14");
  }

  @Test
  void aRowOfZerosInTheMiddleIsAMissingSession() {
    PriceSeries series =
        parse(ChartJson.good().with("close", LAST - 9, 0.0).with("adjclose", LAST - 9, 0.0));
    assertThat(series.rows()).hasSize(Market.SESSIONS - 1);
    assertThat(series.notes().facts())
        .singleElement()
        .satisfies(fact -> assertThat(fact.code()).isEqualTo("rows-left-out"))
        .satisfies(fact -> assertThat(fact.days()).containsExactly(LocalDate.of(2024, 11, 4)));
    assertThat(MissingSessions.of(series).days()).containsExactly(LocalDate.of(2024, 11, 4));
  }

  /** The close of CL=F on 2020-04-20. */
  @Test
  void aNegativePriceIsAMissingSessionAndAFact() {
    PriceSeries series =
        parse(ChartJson.good().with("close", LAST - 9, -37.63).with("adjclose", LAST - 9, -37.63));
    assertThat(series.rows()).hasSize(Market.SESSIONS - 1);
    assertThat(series.notes().facts())
        .singleElement()
        .satisfies(fact -> assertThat(fact.code()).isEqualTo("negative-prices"))
        .satisfies(fact -> assertThat(fact.days()).containsExactly(LocalDate.of(2024, 11, 4)));
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -99_999_999_999_999L, -30_000_000_000_000L})
  void anImpossibleTimeIsRefused(long time) {
    assertBad(ChartJson.good().withTimestamp(0, new JsonPrimitive(time)), "impossible");
  }

  @Test
  void theMessageOfAMalformedAnswerIsOneLine() {
    assertThatThrownBy(() -> parse("{\"chart\":{\"result\":7}}", Market.SATURDAY))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("ticker=SPY")
        .hasMessageNotContaining("\n");
  }

  /** The regular session of the Friday ends at 16:00 in New York, which is 21:00 UTC. */
  @ParameterizedTest
  @CsvSource({
    "2024-11-15T15:00:00Z, 2024-11-14",
    "2024-11-15T20:59:59Z, 2024-11-14",
    "2024-11-15T21:00:00Z, 2024-11-15",
    "2024-11-16T12:00:00Z, 2024-11-15"
  })
  void aSessionIsUsedFromItsCloseOn(Instant now, LocalDate lastDay) {
    assertThat(parse(ChartJson.good().text(), now).lastDay()).isEqualTo(lastDay);
    assertThat(parse(ChartJson.good().withoutSession().text(), now).lastDay()).isEqualTo(lastDay);
  }

  /** The session of the Friday after Thanksgiving ends at 13:00 in New York, which is 18:00 UTC. */
  @ParameterizedTest
  @CsvSource({"2024-11-29T17:59:59Z, 2024-11-15", "2024-11-29T18:00:00Z, 2024-11-29"})
  void aHalfDayIsUsedFromOneOClockOn(Instant now, LocalDate lastDay) {
    LocalDate halfDay = LocalDate.of(2024, 11, 29);
    ChartJson chart =
        ChartJson.good()
            .plus(halfDay, LocalTime.of(9, 30), 500)
            .session(halfDay, LocalTime.of(9, 30), LocalTime.of(13, 0));
    assertThat(parse(chart.text(), now).lastDay()).isEqualTo(lastDay);
  }

  /** The trading period of Yahoo names delays and closings that no calendar has. */
  @Test
  void theTradingPeriodOfYahooOverridesTheCalendar() {
    ChartJson chart =
        ChartJson.good().session(Market.FRIDAY, LocalTime.of(9, 30), LocalTime.of(18, 0));
    assertThat(parse(chart.text(), Instant.parse("2024-11-15T22:00:00Z")).lastDay())
        .isEqualTo(Market.FRIDAY.minusDays(1));
  }

  @Test
  void aSplitOfTheCloseAloneLeavesTheAdjustedCloseAsItIs() {
    ChartJson chart = ChartJson.good();
    for (int row = 0; row < 150; row++) {
      DailyPrice day = Market.walk().get(row);
      chart.with("open", row, day.open() * 2).with("high", row, day.high() * 2);
      chart.with("low", row, day.low() * 2).with("close", row, day.close() * 2);
    }
    PriceSeries series = parse(chart);
    assertThat(series.rows().get(150).close() / series.rows().get(149).close())
        .isCloseTo(0.5, within(0.05));
    assertThat(series.rows().stream().map(DailyPrice::adjustedClose))
        .containsExactlyElementsOf(Market.walk().stream().map(DailyPrice::adjustedClose).toList());
    PriceChecks.requireNoGlitch(series, Optional.empty());
  }

  private static void assertBad(ChartJson chart, String problem) {
    assertThatThrownBy(() -> parse(chart))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining(problem);
  }

  private static PriceSeries parse(ChartJson chart) {
    return parse(chart.text(), Market.SATURDAY);
  }

  private static PriceSeries parse(String json, Instant now) {
    return YahooChart.parse(
        json, Market.request(), YahooPriceSource.YAHOO, ExchangeChoice.AUTO, now);
  }
}
