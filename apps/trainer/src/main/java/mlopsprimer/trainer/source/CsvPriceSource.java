package mlopsprimer.trainer.source;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.prices.TradingCalendar;

/**
 * Prices from a file with the columns that Yahoo Finance exports: Date, Open, High, Low, Close, Adj
 * Close, Volume, in any order, and perhaps a Ticker column; gzipped if its name ends with {@code
 * .gz}. Days are New York's, unless the file has weekends.
 */
public final class CsvPriceSource implements PriceSource {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private final Path file;
  private final Clock clock;

  public CsvPriceSource(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "csv:" + file;
  }

  @Override
  public PriceSeries fetch(PriceRequest request) {
    try (Reader text = open()) {
      CsvTable table = CsvTable.read(text, file.toString(), request.ticker());
      ZoneId zone = table.calendar() == TradingCalendar.DAILY ? ZoneOffset.UTC : NEW_YORK;
      String source = "csv:" + file.getFileName();
      return table.rows().toSeries(request.ticker(), source, zone, clock.instant());
    } catch (ZipException | EOFException e) {
      throw new BadDataException(
          "not a whole gzip file: path=%s cause=%s; only gzipped files end with .gz"
              .formatted(file, e),
          e);
    } catch (IOException e) {
      throw new SourceUnreachableException(
          "cannot read prices: path=%s cause=%s; check that the file is there and readable"
              .formatted(file, e),
          e);
    }
  }

  private Reader open() throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
    try {
      boolean zipped = file.toString().endsWith(".gz");
      return new InputStreamReader(
          new CappedInputStream(zipped ? new GZIPInputStream(bytes) : bytes, file.toString()),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }
}
