package mlopsprimer.mlflow;

import java.util.Optional;
import mlopsprimer.contract.Ticker;

/**
 * The name of a ticker's registered model, such as {@code mlops-primer-^GSPC}. MLflow refuses only
 * {@code /} and {@code :} in such a name, and a URI such as {@code
 * models:/mlops-primer-EURUSD=X@champion} may contain every character of a ticker, so the name has
 * the ticker's symbol as it is.
 *
 * @param ticker the ticker whose models have the name
 */
public record RegisteredModelName(Ticker ticker) {
  /** What the name of every registered model of this project begins with. */
  public static final String PREFIX = "mlops-primer-";

  /** The ticker of a name; empty if the name is that of another project's model. */
  public static Optional<RegisteredModelName> parse(String name) {
    if (!name.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new RegisteredModelName(new Ticker(name.substring(PREFIX.length()))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return PREFIX + ticker.symbol();
  }
}
