package mlopsprimer.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mlopsprimer.contract.Ticker;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.DataSource;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.prices.TradingCalendar;
import mlopsprimer.storage.DirectoryStorage;
import mlopsprimer.store.Manifest;
import mlopsprimer.store.ModelStore;
import mlopsprimer.store.TickerStore;
import mlopsprimer.trainer.source.CsvPriceSource;
import mlopsprimer.trainer.source.PriceRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Trains on the real prices of the S&amp;P 500 and of the Nasdaq Composite from 1999 to 2018. The
 * tests run if scripts/real-prices.sh has downloaded these prices.
 */
@EnabledIfEnvironmentVariable(named = "REAL_PRICES", matches = ".+")
class RealPricesTest {
  private static final LocalDate LAST = LocalDate.of(2018, 12, 31);

  @TempDir Path storePath;

  @ParameterizedTest
  @CsvSource({"^GSPC, sp500.csv.gz", "^IXIC, nasdaq.csv.gz"})
  void theCalendarKnowsEverySessionOfTwentyYears(String ticker, String file) {
    PriceSeries series = prices(ticker, file);

    List<LocalDate> sessions =
        Stream.iterate(
                series.firstDay(),
                day -> !day.isAfter(series.lastDay()),
                TradingCalendar.NYSE::nextSession)
            .toList();

    assertThat(series.rows()).extracting(DailyPrice::day).isEqualTo(sessions);
    assertThat(series.calendar()).isEqualTo(TradingCalendar.NYSE);
  }

  @ParameterizedTest
  @CsvSource({"^GSPC, sp500.csv.gz", "^IXIC, nasdaq.csv.gz"})
  void aModelIsTrainedOnTheLastFiveYears(String ticker, String file) {
    assertThat(train(ticker, file)).isZero();

    TickerStore store = new ModelStore(new DirectoryStorage(storePath)).ticker(Ticker.of(ticker));
    Manifest manifest = store.load(store.champion().orElseThrow().version()).manifest();
    assertThat(manifest.dataSource()).isEqualTo(new DataSource("csv:" + file));
    assertThat(manifest.data().rows()).isEqualTo(1258);
    assertThat(manifest.data().lastDay()).isEqualTo(LAST);
    assertThat(manifest.bytes()).isLessThan(512 << 10);
    assertThat(manifest.evaluation().rows()).isGreaterThan(900);
  }

  @Test
  void theForecastOfNewYearsEveIsForTheSecondOfJanuary() {
    train("^GSPC", "sp500.csv.gz");

    assertThat(storePath.resolve("forecasts/%5EGSPC.jsonl"))
        .content()
        .contains("\"forDate\":\"2019-01-02\",\"asOf\":\"2018-12-31\"");
  }

  private int train(String ticker, String file) {
    StringWriter text = new StringWriter();
    return Main.run(
        new String[] {"train", "--ticker", ticker, "--source", "csv:" + path(file)},
        Map.of("STORE", storePath.toString()),
        Prices.MONDAY_NOON,
        new PrintWriter(text, true),
        new PrintWriter(text, true));
  }

  private static PriceSeries prices(String ticker, String file) {
    return new CsvPriceSource(path(file), Prices.MONDAY_NOON)
        .fetch(
            new PriceRequest(
                Ticker.of(ticker),
                Period.ofYears(30),
                Optional.empty(),
                true,
                Duration.ofSeconds(1)));
  }

  private static Path path(String file) {
    return Path.of(System.getenv("REAL_PRICES"), file);
  }
}
