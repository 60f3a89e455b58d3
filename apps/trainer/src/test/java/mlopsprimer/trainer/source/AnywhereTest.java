package mlopsprimer.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.PriceSeries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests that prices and messages do not depend on the language and the time zone of the machine.
 */
class AnywhereTest {
  private static final String PLACES =
      """
      en-US, America/New_York
      tr-TR, Asia/Tokyo
      ar-EG, Pacific/Kiritimati
      hi-IN-u-nu-deva, Pacific/Pago_Pago
      th-TH-u-ca-buddhist-nu-thai, UTC
      """;

  private final Locale locale = Locale.getDefault();
  private final TimeZone zone = TimeZone.getDefault();

  @TempDir Path dir;

  @AfterEach
  void restoreLanguageAndTimeZone() {
    Locale.setDefault(locale);
    TimeZone.setDefault(zone);
  }

  private static void setLanguageAndTimeZone(String language, String timeZone) {
    Locale.setDefault(Locale.forLanguageTag(language));
    TimeZone.setDefault(TimeZone.getTimeZone(timeZone));
  }

  @ParameterizedTest
  @CsvSource(textBlock = PLACES)
  void theSeriesOfYahooIsTheSame(String language, String timeZone) throws IOException {
    String expected = Market.series("yahoo").sha256();
    setLanguageAndTimeZone(language, timeZone);
    try (var server = new MisbehavingServer(Answer.json(ChartJson.good().text()))) {
      PriceSeries series = YahooFixture.fetch(server);
      assertThat(series.sha256()).isEqualTo(expected);
      assertThat(series.lastDay()).isEqualTo(Market.FRIDAY);
      assertThat(server.requests().get(0).target())
          .contains("?period1=1697068800&period2=1731758400&");
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = PLACES)
  void theSeriesOfAFileIsTheSame(String language, String timeZone) throws IOException {
    String expected = Market.series("csv:prices.csv").sha256();
    Path iso = write("iso.csv", CsvText.of(Market.walk()));
    Path american = write("american.csv", CsvText.american(Market.walk()));
    setLanguageAndTimeZone(language, timeZone);
    for (Path file : List.of(iso, american)) {
      PriceSeries series = new CsvPriceSource(file, Market.CLOCK).fetch(Market.request());
      assertThat(series.sha256()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = PLACES)
  void theSampleIsTheSame(String language, String timeZone) {
    PriceSource sample = new SamplePriceSource(Market.CLOCK);
    String expected = sample.fetch(Market.request()).sha256();
    setLanguageAndTimeZone(language, timeZone);
    assertThat(sample.fetch(Market.request()).sha256()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(textBlock = PLACES)
  void messagesHaveTheSameDigits(String language, String timeZone) throws IOException {
    setLanguageAndTimeZone(language, timeZone);
    PriceSeries few = Prices.series(YahooPriceSource.YAHOO, rows(10));
    assertThatThrownBy(() -> PriceChecks.requireEnoughRows(few))
        .hasMessageContaining("rows=10 needed=250 from=2023-09-11 to=2023-09-22");
    try (var server = new MisbehavingServer(Answer.status(404))) {
      assertThatThrownBy(() -> YahooFixture.fetch(server))
          .isInstanceOf(BadDataException.class)
          .hasMessageContaining("status=404");
    }
  }

  @Test
  void aDayIsADayOfTheExchangeInSummerTimeAndInWinterTime() {
    PriceSeries series = parse(ChartJson.good());
    assertThat(series.rows()).extracting(DailyPrice::day).doesNotHaveDuplicates();
    // New York opens at 13:30 UTC in summer and at 14:30 UTC in winter.
    assertThat(series.rows())
        .extracting(row -> row.day().toString())
        .containsSequence("2024-03-07", "2024-03-08", "2024-03-11", "2024-03-12")
        .containsSequence("2024-10-31", "2024-11-01", "2024-11-04", "2024-11-05");
  }

  @ParameterizedTest
  @CsvSource({"Asia/Tokyo, 00:00", "Australia/Sydney, 10:00", "Pacific/Kiritimati, 00:00"})
  void aTimestampAtMidnightOfTheExchangeBelongsToThatDay(String exchange, LocalTime opening) {
    ChartJson chart = ChartJson.of(Market.walk()).zone(exchange).withoutSession();
    ZoneId there = ZoneId.of(exchange);
    List<DailyPrice> rows = Market.walk();
    for (int i = 0; i < rows.size(); i++) {
      long second = rows.get(i).day().atTime(opening).atZone(there).toEpochSecond();
      chart.withTimestamp(i, new JsonPrimitive(second));
    }
    PriceSeries series = parse(chart);
    assertThat(series.zone()).isEqualTo(there);
    assertThat(series.rows()).isEqualTo(rows);
  }

  private static PriceSeries parse(ChartJson chart) {
    return YahooChart.parse(
        chart.text(),
        Market.request(),
        YahooPriceSource.YAHOO,
        ExchangeChoice.AUTO,
        Market.SATURDAY);
  }

  private static List<DailyPrice> rows(int count) {
    return Market.walk().subList(0, count);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(dir.resolve(name), text);
  }
}
