package mlopsprimer.contract;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * A probability of UP above which a forecast says UP.
 *
 * @param value from 0 to 1, without trailing zeros
 */
public record Threshold(BigDecimal value) {
  /** Plain decimal notation. Double.parseDouble would also accept 0x1p-1, 0.5d, 1e-1 and NaN. */
  private static final Pattern DECIMAL = Pattern.compile("(?=.*[0-9])[0-9]{0,3}(\\.[0-9]{1,17})?");

  /**
   * @throws IllegalArgumentException if the value is not from 0 to 1
   */
  public Threshold {
    if (value.signum() < 0 || value.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException("a threshold is a number from 0 to 1, such as 0.5");
    }
    value = value.stripTrailingZeros();
  }

  /**
   * Reads a decimal number without sign and exponent, such as 0.5 or .25.
   *
   * @throws IllegalArgumentException if the text is not such a number from 0 to 1
   */
  public static Threshold of(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw new IllegalArgumentException("a threshold is a number from 0 to 1, such as 0.5");
    }
    return new Threshold(new BigDecimal(text));
  }

  public double doubleValue() {
    return value.doubleValue();
  }

  /** The number without an exponent, which {@link #of} reads back: 0.0005. */
  @Override
  public String toString() {
    return value.toPlainString();
  }
}
