package mlopsprimer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import mlopsprimer.features.FeatureRow;
import mlopsprimer.fixtures.Models;
import mlopsprimer.forest.ModelFormat;
import mlopsprimer.prices.DataSource;
import org.junit.jupiter.api.Test;

class ForecastTest {
  private static final byte[] BYTES = Models.model(1);
  private static final ModelVersion VERSION =
      new ModelVersion("id", Models.manifest(BYTES, Models.NOON), ModelFormat.read(BYTES));
  private static final FeatureRow NEW_YEARS_EVE = Models.row(LocalDate.of(2018, 12, 31));

  @Test
  void aForecastIsForTheSessionAfterItsRow() {
    assertThat(forecast(Models.CSV, NEW_YEARS_EVE).forDate()).isEqualTo("2019-01-02");
  }

  @Test
  void aForecastIsStaleFromTheCloseOfItsSessionOn() {
    assertThat(forecast(Models.CSV, NEW_YEARS_EVE).closesAt()).isEqualTo("2019-01-02T21:00:00Z");
  }

  @Test
  void theCalendarOfTheRowWinsOverThatOfAnOlderManifest() {
    LatestFeatures.SourcedRow row =
        new LatestFeatures.SourcedRow(Models.CSV, NEW_YEARS_EVE, "XTKS", "Asia/Tokyo", List.of());

    assertThat(Forecast.of(VERSION, row).forDate()).isEqualTo("2019-01-04");
    assertThat(Forecast.of(VERSION, row).closesAt()).isEqualTo("2019-01-04T06:00:00Z");
  }

  @Test
  void theProbabilityOfAForecastIsThatOfTheModel() {
    assertThat(forecast(Models.CSV, NEW_YEARS_EVE).probabilityUp())
        .isEqualTo(VERSION.model().probabilityUp(NEW_YEARS_EVE));
  }

  @Test
  void aRowOfSyntheticPricesMakesTheForecastSynthetic() {
    assertThat(forecast(DataSource.SAMPLE, NEW_YEARS_EVE).dataSource())
        .isEqualTo(DataSource.SAMPLE);
  }

  @Test
  void aRowOfAnotherSchemaIsRefused() {
    FeatureRow other = new FeatureRow("ba9876543210", LocalDate.EPOCH, List.of(0.0));

    assertThatThrownBy(() -> forecast(Models.CSV, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("schema");
  }

  private static Forecast forecast(DataSource source, FeatureRow row) {
    return Forecast.of(VERSION, new LatestFeatures.SourcedRow(source, row));
  }
}
