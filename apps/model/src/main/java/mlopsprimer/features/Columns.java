package mlopsprimer.features;

import java.util.List;
import mlopsprimer.prices.DailyPrice;

/** Columns of a price series, by row number. The formulas of features read them. */
final class Columns {
  private final double[] close;
  private final double[] volume;

  Columns(List<DailyPrice> rows) {
    close = rows.stream().mapToDouble(DailyPrice::adjustedClose).toArray();
    volume = rows.stream().mapToDouble(DailyPrice::volume).toArray();
  }

  /** Close of row {@code t}, adjusted for splits and dividends. */
  double close(int t) {
    return close[t];
  }

  double volume(int t) {
    return volume[t];
  }

  /** log(adjusted close of row {@code t} / adjusted close {@code sessions} rows before). */
  double logReturn(int t, int sessions) {
    // Math.log may differ in the last bit between processors and compilers; StrictMath does not.
    return StrictMath.log(close[t] / close[t - sessions]);
  }
}
