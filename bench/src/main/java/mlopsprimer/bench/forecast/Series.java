package mlopsprimer.bench.forecast;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import mlopsprimer.contract.Ticker;
import mlopsprimer.contract.TrainerSettings;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.settings.SettingOptions;
import mlopsprimer.trainer.source.CsvPriceSource;
import mlopsprimer.trainer.source.PriceRequest;
import mlopsprimer.trainer.source.PriceSource;
import mlopsprimer.trainer.source.SamplePriceSource;
import mlopsprimer.trainer.source.SourceSettings;

/** The price series of the benchmark. Every window has five years. */
record Series(Path directory) {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
  private static final Period WINDOW = Period.ofYears(5);

  private static SourceSettings settings() {
    return new SourceSettings(
        new SettingOptions(TrainerSettings.ALL, Map.of()).read(), CLOCK, Map.of());
  }

  private static PriceSeries fetch(PriceSource source, String ticker) {
    return source.fetch(
        new PriceRequest(
            Ticker.of(ticker), Period.ofYears(50), Optional.empty(), true, Duration.ofSeconds(1)));
  }

  /** All prices of a file. */
  PriceSeries file(String name) {
    return fetch(
        new CsvPriceSource.Factory()
            .open(Optional.of(directory.resolve(name).toString()), settings()),
        "BENCH");
  }

  /** The five years up to a day. */
  static PriceSeries window(PriceSeries series, LocalDate last) {
    return series.upTo(last).lastOf(WINDOW);
  }

  List<PriceSeries> windows(String name, List<String> lastDays) {
    PriceSeries series = file(name);
    return lastDays.stream().map(last -> window(series, LocalDate.parse(last))).toList();
  }

  /** Series of the source sample, whose returns partly reverse the previous return. */
  static List<PriceSeries> samples(int count) {
    PriceSource source = new SamplePriceSource.Factory().open(Optional.empty(), settings());
    return IntStream.range(0, count)
        .mapToObj(i -> fetch(source, "T" + (char) ('A' + i)).lastOf(WINDOW))
        .toList();
  }

  /** Random walks on the days of a series: no forecast can be better than the base rate. */
  static List<PriceSeries> walks(PriceSeries days, int count) {
    return IntStream.range(0, count).mapToObj(seed -> walk(days, 90_000 + seed)).toList();
  }

  private static PriceSeries walk(PriceSeries days, long seed) {
    Random random = new Random(seed);
    List<DailyPrice> rows = new ArrayList<>();
    double close = 100;
    for (DailyPrice day : days.rows()) {
      double open = close;
      close *= StrictMath.exp(0.0003 + 0.01 * random.nextGaussian());
      rows.add(
          new DailyPrice(
              day.day(),
              open,
              Math.max(open, close) * 1.001,
              Math.min(open, close) * 0.999,
              close,
              close,
              1e6 + random.nextInt(500_000)));
    }
    return days.withRows(rows);
  }
}
