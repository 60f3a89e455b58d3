package mlopsprimer.trainer.source;

import com.google.auto.service.AutoService;
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
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import mlopsprimer.contract.DateFormat;
import mlopsprimer.contract.Exchange;
import mlopsprimer.contract.TrainerSettings;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DataSource;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.prices.TradingCalendar;
import org.apache.commons.io.input.BOMInputStream;
import org.apache.commons.io.input.BoundedInputStream;

/**
 * Prices from a file. {@link PriceColumn} lists the headers that are read, and docs/prices.md has
 * an example of each format. If the file has a ticker column, only the rows of the requested ticker
 * are read. A file whose name ends with {@code .gz} is decompressed. The days are days of the
 * exchange, which the setting {@code exchange} names or {@link ExchangeChoice} guesses.
 */
public final class CsvPriceSource implements PriceSource {
  /** Largest content in bytes. A hundred years of daily prices take 3 MB. */
  private static final long LARGEST = 64L << 20;

  /** Opens the source {@code csv:PATH}. */
  @AutoService(PriceSourceFactory.class)
  public static final class Factory implements PriceSourceFactory {
    @Override
    public String name() {
      return "csv";
    }

    @Override
    public PriceSource open(Optional<String> argument, SourceSettings settings) {
      return new CsvPriceSource(
          Path.of(argument.orElseThrow()),
          settings.settings().get(TrainerSettings.DATE_FORMAT),
          ExchangeChoice.of(settings),
          settings.clock());
    }
  }

  private final Path file;
  private final ExchangeChoice choice;
  private final Clock clock;
  private final DayReader days;

  public CsvPriceSource(Path file, Clock clock) {
    this(file, Optional.empty(), ExchangeChoice.AUTO, clock);
  }

  CsvPriceSource(Path file, Optional<DateFormat> dateFormat, ExchangeChoice choice, Clock clock) {
    this.file = file;
    this.choice = choice;
    this.clock = clock;
    days = new DayReader(dateFormat, choice.zoneOfStamps());
  }

  @Override
  public String name() {
    return "csv:" + file;
  }

  @Override
  public PriceSeries fetch(PriceRequest request) {
    try (Reader text = open()) {
      PriceRows rows =
          CsvTable.read(text, file.toString(), request.ticker(), days, choice.setting());
      Exchange exchange = choice.ofFile(request.ticker(), file.getFileName(), rows.days(request));
      PriceSeries series =
          rows.toSeries(
              request,
              new DataSource("csv:" + file.getFileName()),
              exchange.zone(),
              TradingCalendar.of(exchange),
              clock.instant());
      CompletenessChecks.requireCertainDays(series.lastOf(request.history()), rows.stamps());
      return series;
    } catch (ZipException | EOFException e) {
      throw new BadDataException(
          "not a whole gzip file: path=%s cause=%s; copy the file again, or, if it is not compressed, remove .gz from its name"
              .formatted(file, e),
          e);
    } catch (IOException e) {
      throw new SourceUnreachableException(
          "cannot read prices: path=%s cause=%s; check that the file exists and is readable"
              .formatted(file, e),
          e);
    }
  }

  private Reader open() throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
    try {
      InputStream content =
          BoundedInputStream.builder()
              .setInputStream(file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes)
              .setMaxCount(LARGEST + 1)
              .setOnMaxCount((limit, count) -> refuseLargeFile())
              .get();
      return new InputStreamReader(
          BOMInputStream.builder().setInputStream(content).get(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  private void refuseLargeFile() {
    throw new BadDataException(
        "too large for daily prices: path=%s is over %s MiB; use a file with one row per day"
            .formatted(file, LARGEST >> 20));
  }
}
