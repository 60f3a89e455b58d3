package mlopsprimer.trainer.portable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import mlopsprimer.features.FeatureRow;
import mlopsprimer.fixtures.Models;
import mlopsprimer.store.Manifest;
import org.junit.jupiter.api.Test;

class MlflowModelFilesTest {
  private static final Manifest MANIFEST = Models.manifest(Models.model(1), Models.NOON);

  @Test
  void equalVersionsGiveEqualFilesInEveryLocale() {
    SortedMap<String, byte[]> files = files();
    Locale locale = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      SortedMap<String, byte[]> again = files();
      assertThat(again.keySet()).isEqualTo(files.keySet()).hasSize(7);
      files.forEach((name, bytes) -> assertThat(again.get(name)).as(name).isEqualTo(bytes));
    } finally {
      Locale.setDefault(locale);
    }
  }

  @Test
  void theDescriptionNamesTheModelAndTheTimeOfItsTraining() {
    assertThat(new String(files().get(MlflowModelFiles.MLMODEL), UTF_8))
        .contains("ticker: '^GSPC'")
        .contains("sha256: '" + MANIFEST.sha256() + "'")
        .contains("utc_time_created: '2026-11-23 12:00:00.000000'")
        .contains("model_uuid: '" + MANIFEST.sha256().substring(0, 32) + "'");
  }

  @Test
  void anExampleOfAnotherSchemaIsRefused() {
    FeatureRow other = new FeatureRow("ba9876543210", LocalDate.EPOCH, List.of(0.1, 0.2, 0.3));
    assertThatThrownBy(() -> MlflowModelFiles.of(MANIFEST, new byte[1], other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the example has the schema ba9876543210");
  }

  private static SortedMap<String, byte[]> files() {
    return MlflowModelFiles.of(MANIFEST, new byte[] {1}, Models.row(LocalDate.EPOCH));
  }
}
