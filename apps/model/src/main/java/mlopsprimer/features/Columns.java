package mlopsprimer.features;

import java.util.List;
import mlopsprimer.prices.DailyPrice;

/** The columns of a price series that formulas read, by row number. */
final class Columns {
  private final double[] close;
  private final double[] volume;

  Columns(List<DailyPrice> rows) {
    close = rows.stream().mapToDouble(DailyPrice::adjustedClose).toArray();
    volume = rows.stream().mapToDouble(DailyPrice::volume).toArray();
  }

  /** Adjusted for splits and dividends. */
  double close(int t) {
    return close[t];
  }

  double volume(int t) {
    return volume[t];
  }

  double logReturn(int t, int sessions) {
    // StrictMath, because Math.log may differ by a bit between processors and JITs.
    return StrictMath.log(close[t] / close[t - sessions]);
  }
}
