package mlopsprimer.trainer.source;

import java.time.LocalDate;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DailyPrice;

/**
 * A row as a source has it. Its numbers may be missing (null) or impossible, because a row that is
 * older than the history is never judged.
 *
 * @param origin place of the row in a file, for messages; empty if the source has no lines
 * @param defect why the row cannot be read; empty if it can be read
 */
record RawRow(
    LocalDate day,
    Double open,
    Double high,
    Double low,
    Double close,
    Double adjustedClose,
    Double volume,
    String origin,
    String defect) {

  /** A row with a cell that cannot be read. */
  static RawRow unreadable(LocalDate day, String origin, String defect) {
    return new RawRow(day, null, null, null, null, null, null, origin, defect);
  }

  /**
   * Whether the row lacks a price that features need. A close of 0 or below is missing if the
   * adjusted close is another number, because no feature reads the close.
   */
  boolean isIncomplete() {
    boolean adjusted = adjustedClose != null && !adjustedClose.equals(close);
    return defect.isEmpty()
        && (isMissing(close)
            || isMissing(adjustedClose)
            || (adjusted && !isUsable(close) && isUsable(adjustedClose)));
  }

  /** Whether the row has no trade: its close or its adjusted close is 0 or negative. */
  boolean isWithoutTrade() {
    return defect.isEmpty() && !isIncomplete() && (close <= 0 || adjustedClose <= 0);
  }

  /** Whether a close of the row is negative, as that of oil was on 2020-04-20. */
  boolean isNegative() {
    return (close != null && close < 0) || (adjustedClose != null && adjustedClose < 0);
  }

  boolean hasVolume() {
    return !isMissing(volume);
  }

  /**
   * Makes a price of the row. An open, high or low that is not positive is unknown, because no
   * feature reads it. A missing volume is 0.
   *
   * @throws BadDataException if the row cannot be read, or a price that features need is impossible
   */
  DailyPrice toPrice() {
    if (!defect.isEmpty()) {
      throw unusable(defect, null);
    }
    try {
      return new DailyPrice(
          day,
          isUsable(open) ? open : Double.NaN,
          isUsable(high) ? high : Double.NaN,
          isUsable(low) ? low : Double.NaN,
          close,
          adjustedClose,
          isMissing(volume) ? 0 : volume);
    } catch (BadDataException e) {
      throw origin.isEmpty() ? e : unusable(e.getMessage(), e);
    }
  }

  private BadDataException unusable(String cause, Throwable e) {
    return new BadDataException("unusable row: %s cause=%s".formatted(origin, cause), e);
  }

  private static boolean isMissing(Double value) {
    return value == null || value.isNaN();
  }

  private static boolean isUsable(Double value) {
    return value != null && value > 0 && !value.isInfinite();
  }
}
