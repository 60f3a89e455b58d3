package mlopsprimer.trainer.source;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import mlopsprimer.prices.DailyPrice;

/**
 * One-session log returns of the adjusted close, and what is usual among them. A return is out of
 * all proportion if the price rose by more than 25 % or fell by more than 20 %, and the return is
 * larger than eight times the usual return before it. The usual return is 1.4826 times the median
 * of the absolute returns, which is the standard deviation of normal returns, and which a large
 * return does not change (Hampel 1974).
 */
final class Returns {
  private static final double SMALLEST = Math.log(1.25);
  private static final double USUAL_TIMES = 8;
  private static final int WINDOW = 250;
  private static final int WILD_SESSIONS = 10;
  private static final double NORMAL = 1.4826;

  private final double[] log;

  Returns(List<DailyPrice> rows) {
    log = new double[rows.size()];
    for (int i = 1; i < log.length; i++) {
      log[i] = Math.log(rows.get(i).adjustedClose() / rows.get(i - 1).adjustedClose());
    }
  }

  /** Adjusted close of the row divided by that of the row before. */
  double factor(int row) {
    return Math.exp(log[row]);
  }

  /** Usual absolute log return in the sessions before the row; 0 if there are none. */
  double usual(int row) {
    double[] before =
        Arrays.stream(log, Math.max(1, row - WINDOW), row).map(Math::abs).sorted().toArray();
    return before.length == 0 ? 0 : NORMAL * before[before.length / 2];
  }

  /** Log of {@link #factor}. */
  double log(int row) {
    return log[row];
  }

  /**
   * Usual absolute log return around the row: in the half year on both sides, or in the two weeks
   * on both sides if these are wilder.
   */
  double usualAround(int row) {
    return Math.max(usualWithin(row, WINDOW / 2), usualWithin(row, WILD_SESSIONS));
  }

  private double usualWithin(int row, int sessions) {
    double[] around =
        Arrays.stream(log, Math.max(1, row - sessions), Math.min(log.length, row + sessions + 1))
            .map(Math::abs)
            .sorted()
            .toArray();
    return NORMAL * around[around.length / 2];
  }

  boolean isOutOfProportion(int row) {
    double move = Math.abs(log[row]);
    return move > SMALLEST && move > USUAL_TIMES * usual(row);
  }

  /** A factor or a percentage with four digits, for messages. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  int ups() {
    return (int) Arrays.stream(log).skip(1).filter(move -> move > 0).count();
  }

  int size() {
    return log.length;
  }
}
