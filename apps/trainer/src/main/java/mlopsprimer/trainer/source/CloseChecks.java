package mlopsprimer.trainer.source;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.DataFact;
import mlopsprimer.prices.PriceSeries;

/** Refuses or reports closes that do not fit the other columns, or that stand still. */
final class CloseChecks {
  /** Fewest closes in a row without a change and without volume that are not trading. */
  private static final int FROZEN_ROWS = 6;

  /** Largest share of frozen closes. */
  private static final double FROZEN_SHARE = 0.1;

  /** Share of the price by which a close may lie outside the range from low to high. */
  private static final double OUTSIDE = 0.005;

  /** Largest share of closes outside the range from low to high. */
  private static final double OUTSIDE_SHARE = 0.05;

  /** Change of the ratio of adjusted close and close that rounding does not explain. */
  private static final double ADJUSTMENT = 0.01;

  /** Largest share of days on which the ratio changes. Dividends change it twelve times a year. */
  private static final double ADJUSTMENT_SHARE = 0.1;

  private CloseChecks() {}

  /**
   * Reports closes that do not change and have no volume.
   *
   * @throws BadDataException if more than a tenth of the closes are frozen
   */
  static List<DataFact> reportFrozenCloses(PriceSeries series) {
    List<DailyPrice> rows = series.rows();
    List<LocalDate> frozen = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= rows.size(); i++) {
      if (i < rows.size() && isFrozen(rows.get(i - 1), rows.get(i))) {
        continue;
      }
      if (i - start >= FROZEN_ROWS) {
        rows.subList(start + 1, i).forEach(row -> frozen.add(row.day()));
      }
      start = i;
    }
    if (frozen.size() > FROZEN_SHARE * rows.size()) {
      throw new BadDataException(
          "the closes are frozen: ticker=%s source=%s rows=%s frozen=%s from=%s to=%s; the instrument was not traded, so use a --history without these days, or another ticker"
              .formatted(
                  series.ticker(),
                  series.source(),
                  rows.size(),
                  frozen.size(),
                  frozen.get(0),
                  frozen.get(frozen.size() - 1)));
    }
    return DataFact.ifAny(
        "frozen-closes",
        frozen,
        "%s closes repeat the close before them, without volume".formatted(frozen.size()));
  }

  private static boolean isFrozen(DailyPrice before, DailyPrice row) {
    return row.volume() == 0 && row.adjustedClose() == before.adjustedClose();
  }

  /**
   * Reports closes that are not between low and high.
   *
   * @throws BadDataException if more than one in twenty is not
   */
  static List<DataFact> reportClosesOutsideTheirRange(PriceSeries series) {
    List<LocalDate> outside =
        series.rows().stream().filter(CloseChecks::isOutside).map(DailyPrice::day).toList();
    if (outside.size() > OUTSIDE_SHARE * series.rows().size()) {
      throw new BadDataException(
          "the closes are not between low and high: ticker=%s source=%s rows=%s outside=%s first=%s; check that each column has its own name"
              .formatted(
                  series.ticker(),
                  series.source(),
                  series.rows().size(),
                  outside.size(),
                  outside.get(0)));
    }
    return DataFact.ifAny(
        "close-outside-range",
        outside,
        "%s closes are not between the low and the high of their day".formatted(outside.size()));
  }

  // A comparison with NaN, which stands for an unknown low or high, is false.
  private static boolean isOutside(DailyPrice row) {
    return row.close() < row.low() * (1 - OUTSIDE) || row.close() > row.high() * (1 + OUTSIDE);
  }

  /**
   * @throws BadDataException if the adjusted close only rises, only falls or stands still
   */
  static void requireBothDirections(PriceSeries series) {
    Returns returns = new Returns(series.rows());
    int moves = returns.size() - 1;
    int ups = returns.ups();
    if (moves > 0 && (ups == 0 || ups == moves)) {
      throw new BadDataException(
          "the price never moves %s: ticker=%s source=%s rows=%s from=%s to=%s; there is nothing to forecast, so use another ticker"
              .formatted(
                  isStill(series) ? "at all" : ups == 0 ? "up" : "down",
                  series.ticker(),
                  series.source(),
                  returns.size(),
                  series.firstDay(),
                  series.lastDay()));
    }
  }

  private static boolean isStill(PriceSeries series) {
    double first = series.rows().get(0).adjustedClose();
    return series.rows().stream().allMatch(row -> row.adjustedClose() == first);
  }

  /**
   * Reports days on which the ratio of adjusted close and close differs from the days around it. A
   * split or a dividend changes the ratio for good.
   *
   * @throws BadDataException if the ratio changes on more than one day in ten
   */
  static List<DataFact> reportAdjustments(PriceSeries series) {
    List<DailyPrice> rows = series.rows();
    long changes =
        IntStream.range(1, rows.size()).filter(i -> Math.abs(step(rows, i)) > ADJUSTMENT).count();
    if (changes > ADJUSTMENT_SHARE * rows.size()) {
      throw new BadDataException(
          "the adjusted close does not follow the close: ticker=%s source=%s rows=%s changes of their ratio=%s; check that each column has its own name"
              .formatted(series.ticker(), series.source(), rows.size(), changes));
    }
    List<LocalDate> days =
        IntStream.range(1, rows.size())
            .filter(i -> isAdjustedAlone(rows, i))
            .mapToObj(i -> rows.get(i).day())
            .toList();
    return DataFact.ifAny(
        "adjustment-glitches",
        days,
        "on %s days the adjusted close does not fit the close".formatted(days.size()));
  }

  private static boolean isAdjustedAlone(List<DailyPrice> rows, int i) {
    if (Math.abs(step(rows, i)) <= ADJUSTMENT) {
      return false;
    }
    if (i + 1 == rows.size()) {
      return true; // only another session shows whether this is a dividend
    }
    double around = Math.log(adjustment(rows.get(i + 1)) / adjustment(rows.get(i - 1)));
    return Math.abs(around) <= ADJUSTMENT;
  }

  private static double step(List<DailyPrice> rows, int i) {
    return Math.log(adjustment(rows.get(i)) / adjustment(rows.get(i - 1)));
  }

  private static double adjustment(DailyPrice row) {
    return row.adjustedClose() / row.close();
  }
}
