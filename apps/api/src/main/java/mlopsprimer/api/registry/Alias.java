package mlopsprimer.api.registry;

import java.util.Objects;
import mlopsprimer.contract.Ticker;
import mlopsprimer.mlflow.TrainersMark;

/**
 * The alias champion of a ticker's registered model.
 *
 * @param number number of the model version that the alias names, from 1
 * @param mark what the registered model says the trainer last set the alias to
 */
record Alias(Ticker ticker, int number, TrainersMark mark) {
  Alias {
    Objects.requireNonNull(ticker, "ticker");
    Objects.requireNonNull(mark, "mark");
  }
}
