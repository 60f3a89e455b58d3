package mlopsprimer.api.registry;

import java.util.Objects;
import java.util.Optional;
import mlopsprimer.contract.Ticker;

/**
 * The alias champion of a ticker's registered model.
 *
 * @param number number of the model version that the alias names, from 1
 * @param setByTrainer id of the stored version that the trainer last set the alias to; empty if the
 *     registered model does not tell
 */
record Alias(Ticker ticker, int number, Optional<String> setByTrainer) {
  Alias {
    Objects.requireNonNull(ticker, "ticker");
    Objects.requireNonNull(setByTrainer, "setByTrainer");
  }
}
