package mlopsprimer.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceSpecTest {
  @ParameterizedTest
  @ValueSource(strings = {"yahoo", "sample", "csv:prices.csv", "csv:/data/a,b.csv.gz"})
  void opensTheSourceOfThatName(String name) {
    SourceSettings settings = new SourceSettings(URI.create("http://127.0.0.1:1"), Market.CLOCK);

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

  @ParameterizedTest
  @ValueSource(strings = {"", "csv:", "csv", "Yahoo", "file:x", "sample ", "csv:\0"})
  void anyOtherNameIsRefused(String name) {
    assertThatThrownBy(() -> SourceSpec.of(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theRefusalNamesTheSourcesThereAre() {
    assertThatThrownBy(() -> SourceSpec.of("stooq"))
        .hasMessageContaining("yahoo, csv:PATH or sample");
  }
}
