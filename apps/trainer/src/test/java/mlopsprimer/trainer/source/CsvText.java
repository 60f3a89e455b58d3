package mlopsprimer.trainer.source;

import static java.util.stream.Collectors.joining;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import mlopsprimer.prices.DailyPrice;

/** A file with the columns of a Yahoo export. */
final class CsvText {
  static final String HEADER = "Date,Open,High,Low,Close,Adj Close,Volume";

  private CsvText() {}

  static String of(List<DailyPrice> rows) {
    return HEADER + "\n" + lines(rows, LocalDate::toString);
  }

  /** Writes the days as month/day/year. */
  static String american(List<DailyPrice> rows) {
    return HEADER + "\n" + lines(rows, CsvText::american);
  }

  /** Writes the rows without a header, each with its end of line. */
  static String lines(List<DailyPrice> rows, Function<LocalDate, String> day) {
    return rows.stream().map(row -> line(row, day.apply(row.day())) + "\n").collect(joining());
  }

  private static String line(DailyPrice row, String day) {
    return String.join(
        ",",
        day,
        String.valueOf(row.open()),
        String.valueOf(row.high()),
        String.valueOf(row.low()),
        String.valueOf(row.close()),
        String.valueOf(row.adjustedClose()),
        String.valueOf(row.volume()));
  }

  private static String american(LocalDate day) {
    return day.getMonthValue() + "/" + day.getDayOfMonth() + "/" + day.getYear();
  }
}
