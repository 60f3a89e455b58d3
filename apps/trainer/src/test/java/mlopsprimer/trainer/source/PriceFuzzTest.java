package mlopsprimer.trainer.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.time.ZoneOffset;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DataSource;
import mlopsprimer.prices.TradingCalendar;

/** Every build runs these tests with saved inputs; `make fuzz` runs them with new inputs. */
class PriceFuzzTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @FuzzTest(maxDuration = "60s")
  void anyChartIsASeriesOrRefused(byte[] body) {
    try {
      YahooChart.parse(
          new String(body, UTF_8),
          Market.request(),
          YahooPriceSource.YAHOO,
          ExchangeChoice.AUTO,
          NOW);
    } catch (BadDataException | SourceUnreachableException e) {
      return; // these exceptions refuse a chart
    }
  }

  @FuzzTest(maxDuration = "60s")
  void anyFileIsASeriesOrRefused(byte[] file) throws IOException {
    try {
      CsvTable.read(new StringReader(new String(file, UTF_8)), "fuzz.csv", Market.SPY)
          .toSeries(
              Market.request(),
              new DataSource("csv:fuzz.csv"),
              ZoneOffset.UTC,
              TradingCalendar.NYSE,
              NOW);
    } catch (BadDataException e) {
      return; // this exception refuses a file
    }
  }
}
