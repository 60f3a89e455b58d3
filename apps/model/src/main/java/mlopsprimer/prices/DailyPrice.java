package mlopsprimer.prices;

import java.time.LocalDate;

/**
 * Prices of one session, in the currency of the instrument.
 *
 * @param open first price; NaN if it is not known, because no feature reads it
 * @param high highest price; NaN if it is not known
 * @param low lowest price; NaN if it is not known
 * @param adjustedClose close, adjusted for splits and dividends
 * @param volume number of shares or contracts; 0 if the source reports none
 */
public record DailyPrice(
    LocalDate day,
    double open,
    double high,
    double low,
    double close,
    double adjustedClose,
    double volume) {

  /**
   * @throws BadDataException if a known price is not finite and positive, or the volume is negative
   */
  public DailyPrice {
    requirePositiveOrUnknown(day, "open", open);
    requirePositiveOrUnknown(day, "high", high);
    requirePositiveOrUnknown(day, "low", low);
    requirePositive(day, "close", close);
    requirePositive(day, "adjusted close", adjustedClose);
    if (!(volume >= 0) || Double.isInfinite(volume)) {
      throw new BadDataException(
          "impossible volume: %s on %s; a volume must be 0 or more; correct the source or the file"
              .formatted(volume, day));
    }
  }

  private static void requirePositiveOrUnknown(LocalDate day, String name, double price) {
    if (!Double.isNaN(price)) {
      requirePositive(day, name, price);
    }
  }

  private static void requirePositive(LocalDate day, String name, double price) {
    if (!(price > 0) || Double.isInfinite(price)) {
      throw new BadDataException(
          "impossible price: %s is %s on %s; a price must be positive and finite; correct the source or"
                  .formatted(name, price, day)
              + " the file");
    }
  }
}
