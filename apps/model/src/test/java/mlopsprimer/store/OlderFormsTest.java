package mlopsprimer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import mlopsprimer.fixtures.Models;
import mlopsprimer.json.Json;
import mlopsprimer.prices.DataSource;
import org.junit.jupiter.api.Test;

/** The JSON that older programs wrote. */
class OlderFormsTest {
  @Test
  void aRowOfAnOlderStoreHasNoCalendar() {
    LatestFeatures read =
        Json.read(
            """
            {"rows":{"a":{"dataSource":"yahoo","row":\
            {"schemaId":"a","asOf":"2018-12-31","values":[0.5]}}}}""",
            LatestFeatures.class);

    assertThat(read.ofSchema("a").orElseThrow().calendar()).isNull();
  }

  @Test
  void aRowWithAnUnknownCalendarIsRefused() {
    assertThatThrownBy(
            () ->
                new LatestFeatures.SourcedRow(
                    new DataSource("yahoo"), Models.row(LocalDate.EPOCH), "X", "UTC", List.of()))
        .hasMessageContaining("no exchange 'X' in the table");
  }

  @Test
  void aManifestOfAnOlderTrainerNamesNoModelOnnx() {
    Manifest manifest = Models.manifest(Models.model(1), Models.NOON);
    String older =
        new String(Json.document(manifest), StandardCharsets.UTF_8)
            .replaceAll("\"portable\": \\{[^}]*},", "");
    assertThat(older).doesNotContain("portable");
    assertThat(Json.read(older, Manifest.class)).isEqualTo(Models.withoutPortable(manifest));
  }

  @Test
  void aManifestOfAnOlderTrainerHasNoFactsAboutItsPrices() {
    Manifest manifest = Models.manifest(Models.model(1), Models.NOON);
    String older =
        new String(Json.document(manifest), StandardCharsets.UTF_8)
            .replace("\"dataQuality\": [],", "");
    assertThat(older).doesNotContain("dataQuality");
    assertThat(Json.read(older, Manifest.class)).isEqualTo(manifest);
  }
}
