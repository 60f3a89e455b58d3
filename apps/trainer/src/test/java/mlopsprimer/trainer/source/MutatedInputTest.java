package mlopsprimer.trainer.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.DataSource;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.prices.TradingCalendar;
import org.junit.jupiter.api.Test;

/** Tests that a parser turns any bytes into prices or into one of two exceptions. */
class MutatedInputTest {
  private static final int MUTANTS = 2000;
  private static final List<DailyPrice> ROWS = Market.walk().subList(290, 300);

  /** Texts that are known to cause trouble in input. */
  private static final List<String> TOKENS =
      List.of(
          "null",
          "NaN",
          "-1",
          "0",
          "1e999",
          "-Infinity",
          "9223372036854775807",
          "99999999999999",
          "-99999999999999",
          "\"",
          ",",
          "{",
          "}",
          "[",
          "]",
          "[[[[",
          "\n",
          "\r\n",
          "\uFEFF",
          "\0",
          "\\u0000",
          "+999999999-12-31",
          "-999999999-01-01",
          "2/30/1999",
          "{}",
          "[]",
          "\"x\"",
          "true",
          ":",
          "1,234.5",
          "\uD83D");

  private interface Parser {
    PriceSeries parse(byte[] bytes) throws IOException;
  }

  @Test
  void aMutatedChartIsPricesOrOneOfTwoExceptions() {
    assertRobust(
        ChartJson.of(ROWS).text(),
        bytes ->
            YahooChart.parse(
                new String(bytes, UTF_8),
                Market.request(),
                YahooPriceSource.YAHOO,
                ExchangeChoice.AUTO,
                Market.SATURDAY));
  }

  @Test
  void aMutatedFileIsPricesOrOneOfTwoExceptions() {
    assertRobust(
        CsvText.of(ROWS),
        bytes ->
            CsvTable.read(
                    new InputStreamReader(new ByteArrayInputStream(bytes), UTF_8),
                    "mutant.csv",
                    Market.SPY)
                .toSeries(
                    Market.request(),
                    new DataSource("csv:mutant.csv"),
                    ZoneOffset.UTC,
                    TradingCalendar.NYSE,
                    Market.SATURDAY));
  }

  private static void assertRobust(String good, Parser parser) {
    Random random = new Random(42);
    int series = 0;
    int refused = 0;
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = mutate(good.getBytes(UTF_8), random);
      try {
        assertThat(parser.parse(mutant).rows()).isNotEmpty();
        series++;
      } catch (BadDataException | SourceUnreachableException e) {
        assertThat(e.getMessage()).isNotBlank();
        refused++;
      } catch (IOException | RuntimeException | Error e) {
        fail("mutant " + i + ": " + new String(mutant, UTF_8), e);
      }
    }
    assertThat(series).as("mutants that are still prices").isPositive();
    assertThat(refused).as("mutants that are refused").isPositive();
  }

  private static byte[] mutate(byte[] good, Random random) {
    List<Byte> bytes = new ArrayList<>();
    for (byte one : good) {
      bytes.add(one);
    }
    for (int times = 1 + random.nextInt(3); times > 0 && !bytes.isEmpty(); times--) {
      int at = random.nextInt(bytes.size());
      int length = Math.min(1 + random.nextInt(12), bytes.size() - at);
      switch (random.nextInt(6)) {
        case 0 -> bytes.set(at, (byte) (bytes.get(at) ^ (1 << random.nextInt(8))));
        case 1 -> bytes.subList(at, at + length).clear();
        case 2 -> bytes.addAll(at, List.copyOf(bytes.subList(at, at + length)));
        case 3 -> bytes.addAll(at, token(random));
        case 4 -> {
          bytes.subList(at, at + length).clear();
          bytes.addAll(at, token(random));
        }
        default -> bytes.subList(at, bytes.size()).clear();
      }
    }
    byte[] mutant = new byte[bytes.size()];
    for (int i = 0; i < mutant.length; i++) {
      mutant[i] = bytes.get(i);
    }
    return mutant;
  }

  private static List<Byte> token(Random random) {
    List<Byte> token = new ArrayList<>();
    for (byte one : TOKENS.get(random.nextInt(TOKENS.size())).getBytes(UTF_8)) {
      token.add(one);
    }
    return token;
  }
}
