package mlopsprimer.trainer.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import mlopsprimer.prices.BadDataException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFaultTest {
  /** A header and 300 rows. A row that a test appends is on line 302. */
  private static final String GOOD = CsvText.of(Market.walk());

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"Date", "Open", "High", "Low", "Close"})
  void aMissingColumnIsNamed(String column) throws IOException {
    String text = CsvText.HEADER.replaceFirst("(^|,)" + column, "$1Other") + "\n";
    assertBad(text).hasMessageContaining("missing=[" + column.toLowerCase(Locale.ROOT));
  }

  @Test
  void aRepeatedColumnIsRefused() throws IOException {
    assertBad(CsvText.HEADER + ",close\n2024-11-15,1,1,1,1,1,0,1\n")
        .hasMessageContaining("repeated column")
        .hasMessageContaining("column=close numbers=[5, 8]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Date", "open", "HIGH", "Low", "adj_close", "Adj. Close*", "<VOLUME>"})
  void aRepeatedColumnIsRefusedInAnySpelling(String column) throws IOException {
    assertBad(CsvText.HEADER + "," + column + "\n2024-11-15,1,1,1,1,1,0,1\n")
        .hasMessageContaining("repeated column");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Symbol", "Name", "tic", "Asset", "TICKER", "Security", "Stock_Symbol"})
  void noOtherInstrumentIsReadUnderTheAskedName(String column) throws IOException {
    assertBad(CsvText.HEADER + "," + column + "\n2024-11-15,1,1,1,1,1,0,ZTS\n")
        .hasMessageContaining("ticker=SPY tickers=[ZTS]");
  }

  @Test
  void twoInstrumentsWithoutANameAreRefusedWithTheFacts() throws IOException {
    assertBad(GOOD + CsvText.lines(Market.walk(), Object::toString).replace(",3", ",4"))
        .hasMessageContaining("two rows of one day differ: day=")
        .hasMessageContaining("line=50)")
        .hasMessageContaining("line=350)");
  }

  @Test
  void severalBarsOfADayAreRefused() throws IOException {
    assertBad(
            CsvText.HEADER + "\n2024-11-15 09:00:00,1,1,1,1,1,0\n2024-11-15 10:00:00,1,1,1,1,1,0\n")
        .hasMessageContaining("not daily")
        .hasMessageContaining("09:00 and 10:00");
  }

  @Test
  void aColumnThatSaysHowLongABarIsMustSayADay() throws IOException {
    String hourly = "<TICKER>,<PER>," + CsvText.HEADER + "\nSPY,60,2024-11-15,1,1,1,1,1,0\n";
    assertBad(hourly).hasMessageContaining("not daily").hasMessageContaining("'60'");
  }

  @Test
  void aMidnightOfAnUnknownZoneIsRefusedWithItsCure() throws IOException {
    assertBad(CsvText.HEADER + "\n2024-11-14 15:00:00+00:00,1,1,1,1,1,0\n")
        .hasMessageContaining("line=2 ")
        .hasMessageContaining("--exchange");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "1.2.3", "€5", "1d", "0x10p0", "Infinity", "1 000", "٣", "."})
  void aCellThatIsNotANumberIsRefusedWithItsLine(String cell) throws IOException {
    assertBad(GOOD + "2024-11-14,1,1,1," + cell + ",1,0\n")
        .hasMessageContaining("line=302")
        .hasMessageContaining(dir.resolve("prices.csv").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1234,56\"", "\"1,23\"", "\"1.234,56\"", "\"12,3456\""})
  void aDecimalCommaIsRefused(String cell) throws IOException {
    assertBad(GOOD + "2024-11-14,1,1,1," + cell + ",1,0\n").hasMessageContaining("line=302");
  }

  @Test
  void theLineIsCountedAsAnEditorDoes() throws IOException {
    assertBad("\n\n" + CsvText.HEADER + "\n\n2024-11-14,1,1,1,abc,1,0\n\n")
        .hasMessageContaining("line=5 ");
    assertBad(CsvText.HEADER + "\n2024-11-14,1,1,1,abc,1,0").hasMessageContaining("line=2 ");
    assertBad(CsvText.HEADER + "\r\n2024-11-14,1,1,1,abc,1,0\r\n").hasMessageContaining("line=2 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "31/12/2018",
        "2/30/1999",
        "2/29/2023",
        "1999-02-30",
        "99-01-04",
        "1/4/99",
        "yesterday",
        "Feb 30, 1999",
        "20240132",
        "2024-11-15 25:00",
        "2024-11-15 or so",
        "+999999999-12-31",
        "-0044-03-15",
        "0001-01-01",
        "2200-01-01"
      })
  void anImpossibleDayIsRefusedWithItsLine(String day) throws IOException {
    assertBad(GOOD + "\"" + day + "\",1,1,1,1,1,0\n").hasMessageContaining("line=302");
  }

  @Test
  void anInfiniteAdjustedCloseIsRefusedWithItsLine() throws IOException {
    String text = GOOD.replaceFirst("(?m)^(2024-11-14(,[^,]*){4}),[^,]*,", "$1,1e999,");
    assertBad(text).hasMessageContaining("line=300 ").hasMessageContaining("2024-11-14");
  }

  @Test
  void aNegativeVolumeIsRefusedWithItsLine() throws IOException {
    assertBad(GOOD + "2024-11-14,1,1,1,1,1,-5\n").hasMessageContaining("line=302");
  }

  @Test
  void aTruncatedRowIsRefusedWithItsLine() throws IOException {
    assertBad(GOOD + "2024-11-14,1,1").hasMessageContaining("line=302");
  }

  @Test
  void aRowTruncatedBeforeItsTickerIsRefusedWithItsLine() throws IOException {
    String text = CsvText.HEADER + ",Ticker\n2024-11-14,1,1,1,1,1,0,SPY\n2024-11-15,1,1,1,1,1,0";
    assertBad(text).hasMessageContaining("line=3");
  }

  @Test
  void aQuoteWithoutAnEndIsRefused() throws IOException {
    assertBad(GOOD + "\"2024-11-14,1,1,1,1,1,0\n").hasMessageContaining("not a CSV file");
  }

  @Test
  void textAfterAQuoteIsRefused() throws IOException {
    assertBad(GOOD + "\"2024-11-14\"x,1,1,1,1,1,0\n").hasMessageContaining("not a CSV file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "\uFEFF"})
  void anEmptyFileIsReported(String text) throws IOException {
    assertBad(text).hasMessageContaining("empty file");
  }

  @Test
  void aHeaderWithoutRowsIsRefused() throws IOException {
    assertBad(CsvText.HEADER + "\n").hasMessageContaining("no rows");
  }

  @Test
  void aFileOfOtherTickersNamesThem() throws IOException {
    assertBad("Ticker," + CsvText.HEADER + "\nQQQ,2024-11-15,1,1,1,1,1,1\n")
        .hasMessageContaining("ticker=SPY tickers=[QQQ]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"})
  void anotherEncodingIsRefusedWithItsCure(String encoding) throws IOException {
    Path file = Files.write(dir.resolve("prices.csv"), GOOD.getBytes(Charset.forName(encoding)));
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("not text in UTF-8")
        .hasMessageContaining("save it as UTF-8");
  }

  @Test
  void anUnknownSeparatorIsRefusedWithTheKnownOnes() throws IOException {
    assertBad(GOOD.replace(',', '~'))
        .hasMessageContaining("separate them by commas, semicolons, tabs or vertical bars");
  }

  @Test
  void plainTextInAGzFileIsReported() throws IOException {
    assertBadGzip(GOOD.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9, 10, 11, 1000, -1})
  void aTruncatedGzipFileIsReported(int length) throws IOException {
    byte[] whole = Answer.gzip(GOOD.getBytes(UTF_8));
    assertBadGzip(Arrays.copyOf(whole, length < 0 ? whole.length + length : length));
  }

  @Test
  void aGzipFileWithAFlippedBitIsReported() throws IOException {
    byte[] broken = Answer.gzip(GOOD.getBytes(UTF_8));
    broken[broken.length - 6] ^= 1; // in its checksum
    assertBadGzip(broken);
  }

  @ParameterizedTest
  @ValueSource(strings = {"prices.csv", "prices.csv.gz"})
  void aMissingFileIsUnreachable(String name) {
    assertUnreachable(dir.resolve(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"prices.csv", "prices.csv.gz"})
  void aDirectoryIsUnreachable(String name) throws IOException {
    assertUnreachable(Files.createDirectory(dir.resolve(name)));
  }

  @Test
  void theRootDirectoryIsUnreachable() {
    assertUnreachable(Path.of("/"));
  }

  @Test
  void aHugeFileIsRefusedAfter64Mebibytes() throws IOException {
    byte[] row = ("2024-11-14,1,1,1,1,1,0," + "x".repeat(1 << 16) + "\n").getBytes(UTF_8);
    Path file = dir.resolve("huge.csv.gz");
    try (var zip = new GZIPOutputStream(Files.newOutputStream(file))) {
      zip.write((CsvText.HEADER + ",Note\n").getBytes(UTF_8));
      for (int i = 0; i < 1 << 10; i++) {
        zip.write(row);
      }
    }
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("too large for daily prices")
        .hasMessageContaining("64 MiB");
  }

  private void assertBadGzip(byte[] bytes) throws IOException {
    Path file = Files.write(dir.resolve("prices.csv.gz"), bytes);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(BadDataException.class)
        .hasMessageContaining("not a whole gzip file: path=" + file);
  }

  private static void assertUnreachable(Path file) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(SourceUnreachableException.class)
        .hasMessageContaining("cannot read prices: path=" + file);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertBad(String text)
      throws IOException {
    Path file = Files.writeString(dir.resolve("prices.csv"), text);
    return assertThatThrownBy(() -> read(file)).isInstanceOf(BadDataException.class);
  }

  private static void read(Path file) {
    new CsvPriceSource(file, Market.CLOCK).fetch(Market.request());
  }
}
