package mlopsprimer.features;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.MissingSessions;
import mlopsprimer.prices.PriceSeries;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureTableTest {
  private static final PriceSeries WALK = Prices.series(400, 7);
  private static final FeatureTable TABLE = FeatureTable.of(WALK);

  @RepeatedTest(20)
  void changingAnyLaterRowChangesNoEarlierFeature(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int changed = 60 + random.nextInt(WALK.rows().size() - 60);
    List<DailyPrice> rows = new ArrayList<>(WALK.rows());
    for (int i = changed; i < rows.size(); i++) {
      rows.set(i, Prices.with(rows.get(i), 1 + 500 * random.nextDouble(), random.nextInt(1000)));
    }

    FeatureTable other = FeatureTable.of(WALK.withRows(rows));

    for (int i = 0; TABLE.day(i).isBefore(WALK.rows().get(changed).day()); i++) {
      assertThat(other.row(i)).isEqualTo(TABLE.row(i));
    }
    // The newest row differs, which shows that the change of the prices has an effect.
    assertThat(other.latest()).isNotEqualTo(TABLE.latest());
  }

  @Test
  void rowsBeforeTheWindowDoNotChangeTheFeatures() {
    List<DailyPrice> rows = WALK.rows();

    FeatureTable later = FeatureTable.of(WALK.withRows(rows.subList(100, rows.size())));

    assertThat(later.latest()).isEqualTo(TABLE.latest());
    assertThat(later.row(0)).isEqualTo(TABLE.row(100));
  }

  @Test
  void everyRowExceptTheNewestHasALabel() {
    int rows = WALK.rows().size() - TABLE.schema().lookback();

    assertThat(TABLE.labelled()).isEqualTo(rows - 1);
    assertThat(TABLE.latest().asOf()).isEqualTo(WALK.lastDay());
    assertThatThrownBy(() -> TABLE.up(rows - 1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void theLabelIsTheDirectionOfTheNextSession() {
    int first = TABLE.schema().lookback();
    for (int i = 0; i < TABLE.labelled(); i++) {
      double today = WALK.rows().get(first + i).adjustedClose();
      double tomorrow = WALK.rows().get(first + i + 1).adjustedClose();
      assertThat(TABLE.up(i)).isEqualTo(tomorrow > today);
    }
  }

  @Test
  void anUnchangedCloseIsDown() {
    List<DailyPrice> rows =
        WALK.rows().stream().map(row -> Prices.with(row, 100, row.volume())).toList();

    FeatureTable still = FeatureTable.of(WALK.withRows(rows));

    assertThat(still.shareUp(0, still.labelled())).isZero();
  }

  @Test
  void featuresDoNotDependOnThePriceLevel() {
    List<DailyPrice> rows =
        WALK.rows().stream()
            .map(row -> Prices.with(row, row.adjustedClose() * 1000, row.volume() * 50))
            .toList();

    FeatureTable scaled = FeatureTable.of(WALK.withRows(rows));

    for (int i = 0; i < TABLE.labelled(); i++) {
      assertThat(scaled.row(i)).containsExactly(TABLE.row(i), within(1e-9));
    }
  }

  @Test
  void aMarketWithoutVolumeHasAVolumeScoreOfZero() {
    List<DailyPrice> rows =
        WALK.rows().stream().map(row -> Prices.with(row, row.adjustedClose(), 0)).toList();

    FeatureTable silent = FeatureTable.of(WALK.withRows(rows));

    int score = silent.schema().names().indexOf("volume_score_20");
    assertThat(silent.latest().values().get(score)).isZero();
  }

  @Test
  void aFlatMarketHasFiniteFeatures() {
    List<DailyPrice> rows = WALK.rows().stream().map(row -> Prices.with(row, 100, 0)).toList();

    assertThat(FeatureTable.of(WALK.withRows(rows)).latest().values()).allMatch(Double::isFinite);
  }

  @Test
  void aSeriesNoLongerThanTheLookbackIsRefused() {
    PriceSeries tooShort = WALK.withRows(WALK.rows().subList(0, TABLE.schema().lookback()));

    assertThatThrownBy(() -> FeatureTable.of(tooShort))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("needed=" + (TABLE.schema().lookback() + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "tr-TR", "th-TH-u-ca-buddhist", "fa-IR"})
  void theSchemaIdIsTheSameInEveryLocale(String locale) {
    String here = FeatureSchema.CURRENT.id();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(locale));
      assertThat(Feature.volatilityRatio(5, 21).name()).isEqualTo("volatility_5_to_21");
      assertThat(Feature.logReturn(10).name()).isEqualTo("log_return_10");
      assertThat(FeatureSchema.CURRENT.id()).isEqualTo(here);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aReturnAcrossAHoleIsNeitherAFeatureNorALabel() {
    List<DailyPrice> rows = new ArrayList<>(WALK.rows());
    rows.remove(200);

    FeatureTable table = FeatureTable.of(WALK.withRows(rows));

    List<LocalDate> days = IntStream.rangeClosed(0, table.labelled()).mapToObj(table::day).toList();
    // Row 199 has no label; rows 201 to 203 would have a one-session return across the hole.
    assertThat(days)
        .contains(WALK.rows().get(198).day(), WALK.rows().get(204).day())
        .doesNotContain(
            WALK.rows().get(199).day(),
            WALK.rows().get(201).day(),
            WALK.rows().get(202).day(),
            WALK.rows().get(203).day());
    assertThat(table.labelled()).isEqualTo(TABLE.labelled() - 5);
  }

  @Test
  void aHoleChangesNoLabelOfAnotherRow() {
    List<DailyPrice> rows = new ArrayList<>(WALK.rows());
    rows.remove(200);

    FeatureTable table = FeatureTable.of(WALK.withRows(rows));

    Map<LocalDate, Boolean> whole =
        IntStream.range(0, TABLE.labelled()).boxed().collect(toMap(TABLE::day, TABLE::up));
    for (int i = 0; i < table.labelled(); i++) {
      assertThat(table.up(i)).isEqualTo(whole.get(table.day(i)));
    }
  }

  @Test
  void noRowFollowsALongHoleUntilItsWindowsAreNearlyWhole() {
    List<DailyPrice> rows = new ArrayList<>(WALK.rows());
    rows.subList(200, 230).clear();

    FeatureTable table = FeatureTable.of(WALK.withRows(rows));

    assertThat(IntStream.rangeClosed(0, table.labelled()).mapToObj(table::day))
        .noneMatch(
            day ->
                !day.isBefore(WALK.rows().get(199).day())
                    && day.isBefore(WALK.rows().get(230 + 49).day()));
  }

  @Test
  void aHoleBeforeTheNewestSessionMakesAnEarlierRowTheLatest() {
    List<DailyPrice> rows = new ArrayList<>(WALK.rows());
    rows.remove(rows.size() - 2);

    FeatureTable table = FeatureTable.of(WALK.withRows(rows));

    assertThat(table.latest().asOf()).isEqualTo(rows.get(rows.size() - 2).day());
  }

  @Test
  void pricesWithoutHolesKeepEveryRow() {
    assertThat(MissingSessions.of(WALK).days()).isEmpty();
  }

  @Test
  void theSchemaIdNamesTheColumnsInOrder() {
    assertThat(FeatureSchema.CURRENT.id()).matches("[0-9a-f]{12}");
    assertThat(FeatureSchema.CURRENT.names()).doesNotHaveDuplicates();
    assertThat(TABLE.latest().schemaId()).isEqualTo(FeatureSchema.CURRENT.id());
  }
}
