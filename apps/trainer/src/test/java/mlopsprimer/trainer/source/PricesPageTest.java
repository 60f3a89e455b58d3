package mlopsprimer.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mlopsprimer.contract.Ticker;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.DataSource;
import mlopsprimer.prices.TradingCalendar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads the examples of docs/prices.md. All of them have the prices of the same two days. */
class PricesPageTest {
  private static final Pattern EXAMPLE = Pattern.compile("```csv\\n(.*?)```", Pattern.DOTALL);

  static Stream<String> examples() throws IOException {
    return EXAMPLE.matcher(page()).results().map(match -> match.group(1));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsRead(String example) throws IOException {
    Ticker ticker = Ticker.of(example.contains("SPY.US") ? "SPY.US" : "SPY");
    List<DailyPrice> rows =
        CsvTable.read(new StringReader(example), "example.csv", ticker)
            .toSeries(
                Market.request(ticker),
                new DataSource("csv:example.csv"),
                Market.NEW_YORK,
                TradingCalendar.NYSE,
                Market.SATURDAY)
            .rows();

    double factor = example.toLowerCase(Locale.ROOT).contains("adj") ? 6 : 0;
    assertThat(rows)
        .containsExactly(
            new DailyPrice(LocalDate.of(2024, 11, 14), 590, 591, 585, 586, 586 - factor, 1_000_000),
            new DailyPrice(Market.FRIDAY, 583, 584, 579, 580.5, 580.5 - factor, 1_200_000));
  }

  @Test
  void thePageHasAnExampleOfEveryForm() throws IOException {
    assertThat(examples()).hasSizeGreaterThanOrEqualTo(PriceFormat.values().length);
  }

  @Test
  void thePageExplainsTheCodeOfEveryFact() throws IOException {
    Pattern code =
        Pattern.compile(
            "\"([a-z]+(?:-[a-z]+)+)\",\\s+(?:days|lines|missing|frozen|outside|closed|List)");
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        assertThat(
                code.matcher(Files.readString(source)).results().map((MatchResult m) -> m.group(1)))
            .as(source.toString())
            .allMatch(page()::contains);
      }
    }
  }

  private static String page() {
    try {
      return Files.readString(Path.of("../../docs/prices.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
