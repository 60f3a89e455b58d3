package mlopsprimer.mlflow;

import java.util.Objects;

/**
 * The model version that the trainer last gave the alias champion to, from a tag of the registered
 * model. The trainer writes it after the alias.
 *
 * @param text number of the model version, a blank, and id of the stored version; empty if the
 *     registered model has no such tag
 */
public record TrainersMark(String text) {
  /** The tag of a registered model. */
  public static final String TAG = "mlops-primer.champion";

  /** A registered model without the tag. */
  public static final TrainersMark NONE = new TrainersMark("");

  public TrainersMark {
    Objects.requireNonNull(text, "text");
  }

  /**
   * The mark for a model version.
   *
   * @param number number of the model version
   * @param version id of the stored version
   */
  public static TrainersMark of(int number, String version) {
    return new TrainersMark(number + " " + version);
  }

  /** The mark of a registered model. */
  public static TrainersMark of(RegisteredModel model) {
    return new TrainersMark(model.tags().getOrDefault(TAG, ""));
  }

  /** Whether the trainer last gave the alias to the model version of this number. */
  public boolean isOf(int number) {
    return text.startsWith(number + " ");
  }

  /** Id of the stored version; empty if there is none. */
  public String version() {
    return text.substring(text.indexOf(' ') + 1);
  }
}
