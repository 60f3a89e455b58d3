package mlopsprimer.trainer.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import mlopsprimer.contract.Exchanges;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.PriceSeries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvPriceSourceTest {
  private static final String PLAIN = CsvText.of(Market.walk());

  @TempDir Path dir;

  @Test
  void everyRowOfAnExportIsRead() throws IOException {
    assertThat(fetch(PLAIN)).isEqualTo(Market.series("csv:prices.csv"));
  }

  @Test
  void columnsMayStandInAnyOrderAmongOthersInAnyCase() throws IOException {
    String text =
        "volume,Dividends,ADJ CLOSE, close ,Low,High,Open,Date\n9,0,6,5,3,7,4,2024-11-15\n";
    assertThat(fetch(text).rows()).containsExactly(new DailyPrice(Market.FRIDAY, 4, 7, 3, 5, 6, 9));
  }

  @Test
  void onlyTheRowsOfTheRequestedTickerAreRead() throws IOException {
    String text =
        "Ticker,"
            + CsvText.HEADER
            + "\n"
            + "QQQ,2024-11-15,1,1,1,1,1,1\n"
            + "spy ,2024-11-15,4,7,3,5,6,9\n"
            + "QQQ,2024-11-14,not,a,number,at,all,\n"
            + "^GSPC,2024-11-15,2,2,2,2,2,2\n";
    assertThat(fetch(text).rows()).containsExactly(new DailyPrice(Market.FRIDAY, 4, 7, 3, 5, 6, 9));
  }

  @Test
  void aNameThatEndsWithGzIsUnzipped() throws IOException {
    Path file = Files.write(dir.resolve("prices.csv.gz"), Answer.gzip(PLAIN.getBytes(UTF_8)));
    assertThat(read(file, Market.CLOCK)).isEqualTo(Market.series("csv:prices.csv.gz"));
  }

  @Test
  void aByteOrderMarkIsSkipped() throws IOException {
    assertThat(fetch("\uFEFF" + PLAIN).rows()).hasSize(Market.SESSIONS);
    assertThat(fetch("\uFEFF" + PLAIN.replaceFirst("Date", "\"Date\"")).rows())
        .hasSize(Market.SESSIONS);
  }

  @Test
  void everyCommonEndOfLineIsAccepted() throws IOException {
    assertThat(fetch(PLAIN.replace("\n", "\r\n")).rows()).isEqualTo(Market.walk());
    assertThat(fetch(PLAIN.strip()).rows()).isEqualTo(Market.walk());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\n\n\n", "\r\n\r\n"})
  void emptyLinesAreSkipped(String emptyLines) throws IOException {
    assertThat(fetch(emptyLines + PLAIN + emptyLines).rows()).isEqualTo(Market.walk());
  }

  @Test
  void quotedNumbersMayHaveThousandsSeparators() throws IOException {
    String row =
        "2024-11-15,\"5,912.79\",\"5,915.32\",5853.01,\"5,870.62\",5870.62,\"4,590,960,000\"\n";
    assertThat(fetch(CsvText.HEADER + "\n" + row).rows())
        .containsExactly(
            new DailyPrice(Market.FRIDAY, 5912.79, 5915.32, 5853.01, 5870.62, 5870.62, 4.59096e9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "NULL", "", "-", "NaN", "nan"})
  void aRowWithoutAPriceIsLeftOut(String cell) throws IOException {
    assertThat(fetch(PLAIN + "2024-11-16,1,1,1," + cell + ",1,0\n").rows())
        .isEqualTo(Market.walk());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-11-15",
        "20241115",
        "15.11.2024",
        "2024-11-14 23:00:00",
        "2024-11-14 22:00:00+00:00",
        "11/15/2024 16:00:00",
        "11/15/2024",
        "\"Nov 15, 2024\"",
        "2024-11-15 00:00:00",
        "2024-11-15 00:00:00-05:00",
        "2024-11-15T00:00:00Z",
        " 2024-11-15 "
      })
  void aDayMayBeWrittenInTheseWays(String day) throws IOException {
    assertThat(fetch(CsvText.HEADER + "\n" + day + ",1,1,1,1,1,0\n").lastDay())
        .isEqualTo(Market.FRIDAY);
  }

  @Test
  void anAmericanDayOfOneDigitIsAccepted() throws IOException {
    assertThat(fetch(CsvText.HEADER + "\n1/4/1999,1,1,1,1,1,0\n").lastDay())
        .isEqualTo(LocalDate.of(1999, 1, 4));
  }

  @Test
  void unsortedRowsAreSorted() throws IOException {
    List<DailyPrice> rows = new ArrayList<>(Market.walk());
    Collections.shuffle(rows, new Random(5));
    try (Logged log = new Logged(PriceRows.class)) {
      assertThat(fetch(CsvText.of(rows)).rows()).isEqualTo(Market.walk());
      assertThat(log.lines()).singleElement().asString().contains("sorted=false");
    }
  }

  @Test
  void aRepeatedRowIsReadOnce() throws IOException {
    try (Logged log = new Logged(PriceRows.class)) {
      String newest = PLAIN.lines().reduce((before, line) -> line).orElseThrow();
      PriceSeries series = fetch(PLAIN + newest + "\n");
      assertThat(series.rows()).isEqualTo(Market.walk());
      assertThat(log.lines()).singleElement().asString().contains("duplicate=1");
    }
  }

  @Test
  void aSessionThatHasNotClosedIsLeftOut() throws IOException {
    Path file = Files.writeString(dir.resolve("prices.csv"), PLAIN);
    assertThat(read(file, at("2024-11-15T20:59:59Z")).lastDay())
        .isEqualTo(Market.FRIDAY.minusDays(1));
    assertThat(read(file, at("2024-11-15T21:00:00Z")).lastDay()).isEqualTo(Market.FRIDAY);
  }

  @Test
  void theDaysOfAFileWithWeekendsAreUtcDays() throws IOException {
    StringBuilder text = new StringBuilder(CsvText.HEADER + "\n");
    for (int i = 1; i <= 16; i++) {
      text.append("2024-11-%s,1,1,1,1,1,0%n".formatted(i < 10 ? "0" + i : i));
    }
    PriceSeries series = fetch(text.toString());
    assertThat(series.zone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(series.lastDay()).as("the 16th still trades").isEqualTo(LocalDate.of(2024, 11, 15));
  }

  /** yfinance writes the midnights of Tokyo as 15:00 of the day before, if they are in UTC. */
  @Test
  void stampsAreReadInTheZoneOfTheExchangeOfTheSetting() throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("prices.csv"),
            CsvText.HEADER + "\n2024-11-13 15:00:00+00:00,1,1,1,1,1,0\n");
    ExchangeChoice tokyo = new ExchangeChoice(Optional.of(Exchanges.of("XTKS")));
    PriceSeries series =
        new CsvPriceSource(file, Optional.empty(), tokyo, Market.CLOCK).fetch(Market.request());
    assertThat(series.lastDay()).isEqualTo(LocalDate.of(2024, 11, 14));
    assertThat(series.calendar().label()).isEqualTo("XTKS");
    assertThat(series.zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
  }

  private static Clock at(String now) {
    return Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
  }

  private PriceSeries fetch(String text) throws IOException {
    return read(Files.writeString(dir.resolve("prices.csv"), text), Market.CLOCK);
  }

  private static PriceSeries read(Path file, Clock clock) {
    return new CsvPriceSource(file, clock).fetch(Market.request());
  }
}
