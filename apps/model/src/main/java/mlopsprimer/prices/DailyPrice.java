package mlopsprimer.prices;

import java.time.LocalDate;

/**
 * One session's bar. Prices are in the instrument's currency, {@code adjustedClose} accounts for
 * splits and dividends, {@code volume} is in shares or contracts and is 0 where none is reported.
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
   * @throws BadDataException if a price is not finite and positive, or the volume is negative
   */
  public DailyPrice {
    requirePositive(day, "open", open);
    requirePositive(day, "high", high);
    requirePositive(day, "low", low);
    requirePositive(day, "close", close);
    requirePositive(day, "adjusted close", adjustedClose);
    if (!(volume >= 0) || Double.isInfinite(volume)) {
      throw new BadDataException(
          "impossible volume %s on %s; volumes are 0 or more".formatted(volume, day));
    }
  }

  private static void requirePositive(LocalDate day, String name, double price) {
    if (!(price > 0) || Double.isInfinite(price)) {
      throw new BadDataException(
          "impossible price: %s is %s on %s; a price is positive and finite, so the source or the"
                  .formatted(name, price, day)
              + " file needs mending");
    }
  }
}
