package mlopsprimer.api.registry;

import java.util.Objects;
import java.util.Optional;
import mlopsprimer.contract.Ticker;

/**
 * The alias champion of a ticker's registered model.
 *
 * @param number number of the model version that the alias names, as MLflow writes it
 * @param setByTrainer id of the stored version that the trainer last set the alias to; empty if the
 *     registered model does not tell
 */
record Alias(Ticker ticker, String number, Optional<String> setByTrainer) {
  Alias {
    Objects.requireNonNull(ticker, "ticker");
    Objects.requireNonNull(number, "number");
    Objects.requireNonNull(setByTrainer, "setByTrainer");
  }
}
