package mlopsprimer.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.contract.SettingGroup.Spelling;
import mlopsprimer.contract.SourceSpec;
import mlopsprimer.contract.TrainerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceSourcesTest {
  @ParameterizedTest
  @ValueSource(strings = {"yahoo", "sample", "csv:prices.csv", "csv:/data/a,b.csv.gz"})
  void aSourceIsOpenedByItsName(String name) {
    SourceSettings settings =
        new SourceSettings(
            TrainerSettings.ALL.read(Spelling.FLAG, setting -> Optional.empty()),
            Market.CLOCK,
            Map.of());

    PriceSource source = PriceSources.open(List.of(SourceSpec.of(name)), settings);

    assertThat(source.name()).isEqualTo(name);
  }

  @Test
  void everySourceNameHasExactlyOneFactory() {
    assertThat(PriceSources.factories())
        .extracting(PriceSourceFactory::name)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(SourceSpec.Kind.values()).map(SourceSpec.Kind::label).toList());
  }
}
