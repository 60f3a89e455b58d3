package mlopsprimer.api.serving;

import com.google.gson.annotations.SerializedName;

/** What named the version that is served. */
public enum ChosenBy {
  /**
   * The champion pointer of the store. The alias of MLflow, if there is one, agrees or is older.
   */
  @SerializedName("pointer")
  POINTER("pointer"),

  /** The alias champion of MLflow, which a person moved away from the champion pointer. */
  @SerializedName("mlflow-alias")
  MLFLOW_ALIAS("mlflow-alias");

  private final String text;

  ChosenBy(String text) {
    this.text = text;
  }

  /** The name in JSON and in log lines. */
  @Override
  public String toString() {
    return text;
  }
}
