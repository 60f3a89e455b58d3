package mlopsprimer.trainer.source;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DataFact;
import mlopsprimer.prices.PriceSeries;

/**
 * Refuses an adjusted close that is not adjusted for a split that its source lists. Without the
 * adjustment, the price falls to 1/ratio on the day of the split, besides its usual move.
 */
final class SplitChecks {
  /** Days by which a source may list a split before or after the row that shows it. */
  private static final int SPLIT_DAYS = 4;

  /** The same for a move out of all proportion, which hardly has another cause. */
  private static final int LARGE_SPLIT_DAYS = 31;

  /** Log of the largest difference of a split and the move that shows it: a factor of 1.2. */
  private static final double SAME_SPLIT = Math.log(1.2);

  /** Times of the usual move that a move rarely exceeds. */
  private static final double USUAL_TIMES = 5;

  /** Times of the usual move that news rarely exceed. A split of more is told from news. */
  private static final double NEWS_TIMES = 12;

  /** Log of the smallest split that is told from news whatever the usual move is: 6:5. */
  private static final double DISTINCT = Math.log(1.199);

  /** Log of the smallest split that matters. */
  private static final double SMALLEST = 0.01;

  private SplitChecks() {}

  /**
   * @return a fact about splits that are so small that the prices do not show whether they are
   *     adjusted
   * @throws BadDataException if a known split moves the adjusted close
   */
  static List<DataFact> review(PriceSeries series) {
    Map<LocalDate, Double> splits = new TreeMap<>(series.notes().splits().orElse(Map.of()));
    Returns returns = new Returns(series.rows());
    List<LocalDate> unclear = new ArrayList<>();
    splits.forEach(
        (day, ratio) -> {
          boolean seen = false;
          for (int i = 1; i < returns.size(); i++) {
            long distance = Math.abs(ChronoUnit.DAYS.between(day, series.rows().get(i).day()));
            if (isShown(returns, i, ratio, distance)) {
              throw unadjusted(series, day, ratio, i, returns.factor(i));
            }
            seen |= distance <= SPLIT_DAYS && mayBeShown(returns, i, ratio);
          }
          if (seen) {
            unclear.add(day);
          }
        });
    return DataFact.ifAny(
        "unclear-splits",
        unclear,
        "%s known splits are so small that the prices do not show whether they are adjusted for them"
            .formatted(unclear.size()));
  }

  /** Whether the move is a move of the split rather than a usual one. */
  private static boolean isShown(Returns returns, int row, double ratio, long distance) {
    double split = -Math.log(ratio);
    double move = returns.log(row);
    double rest = Math.abs(move - split);
    if (distance <= SPLIT_DAYS) {
      double usual = returns.usualAround(row);
      return isDistinct(split, usual)
          && rest < Math.abs(move)
          && Math.abs(move) > USUAL_TIMES * usual
          && rest < Math.max(SAME_SPLIT, Math.abs(split) / 2);
    }
    return distance <= LARGE_SPLIT_DAYS && returns.isOutOfProportion(row) && rest < SAME_SPLIT;
  }

  /** Whether the move may be a usual one together with the split. */
  private static boolean mayBeShown(Returns returns, int row, double ratio) {
    double split = -Math.log(ratio);
    double move = Math.abs(returns.log(row));
    double rest = Math.abs(returns.log(row) - split);
    double usual = returns.usualAround(row);
    return Math.abs(split) >= SMALLEST
        && (rest <= USUAL_TIMES * usual || rest < move)
        && (move <= USUAL_TIMES * usual || !isDistinct(split, usual));
  }

  private static boolean isDistinct(double split, double usual) {
    return Math.abs(split) > Math.max(SMALLEST, Math.min(DISTINCT, NEWS_TIMES * usual));
  }

  private static BadDataException unadjusted(
      PriceSeries series, LocalDate day, double ratio, int row, double factor) {
    return new BadDataException(
        "the adjusted close is not adjusted for a split: ticker=%s source=%s split=%s on %s factor=%s on day=%s; use adjusted prices, or try again when the source has adjusted its older prices"
            .formatted(
                series.ticker(),
                series.source(),
                Returns.number(ratio),
                day,
                Returns.number(factor),
                series.rows().get(row).day()));
  }
}
