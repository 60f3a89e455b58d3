package mlopsprimer.api.registry;

import java.util.Objects;

/**
 * The model version that the trainer last gave the alias champion to, from a tag of the registered
 * model. The trainer writes it after the alias.
 *
 * @param text number of the model version, a blank, and id of the stored version; empty if the
 *     registered model has no such tag
 */
record TrainersMark(String text) {
  /** A registered model without the tag. */
  static final TrainersMark NONE = new TrainersMark("");

  TrainersMark {
    Objects.requireNonNull(text, "text");
  }

  /** Whether the trainer last gave the alias to the model version of this number. */
  boolean isOf(int number) {
    return text.startsWith(number + " ");
  }

  /** Id of the stored version; empty if there is none. */
  String version() {
    return text.substring(text.indexOf(' ') + 1);
  }
}
