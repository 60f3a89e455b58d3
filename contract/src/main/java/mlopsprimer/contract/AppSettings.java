package mlopsprimer.contract;

import java.util.Optional;

/** The settings that the trainer and the API have in common. */
public final class AppSettings {
  public static final Setting<Ticker> TICKER =
      new Setting<>(
          "ticker",
          Format.TICKER,
          "SPY",
          "Yahoo symbol, such as SPY, ^GSPC, BRK-B or EURUSD=X. The trainer trains on it, and the"
              + " API serves it to requests that name no ticker.");

  public static final Setting<StorageLocation> STORE =
      new Setting<>(
          "store",
          Format.STORAGE_LOCATION,
          "models",
          "Model store: a directory, or a bucket of S3 with the beginning of its keys, such as"
              + " s3://my-bucket/models.");

  public static final Setting<Optional<BaseUrl>> S3_ENDPOINT =
      new Setting<>(
          "s3-endpoint",
          Format.OPTIONAL_BASE_URL,
          "",
          "URL of the S3 server, for a store in a bucket. Without this setting, Amazon's server of the"
              + " region is used.");

  public static final Setting<String> S3_REGION =
      new Setting<>(
          "s3-region",
          Format.matching(
              "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", "a name of a region, such as us-east-1"),
          "us-east-1",
          "Region of the bucket. Servers other than Amazon's mostly accept the default.");

  public static final Setting<Optional<Boolean>> S3_PATH_STYLE =
      new Setting<>(
          "s3-path-style",
          Format.OPTIONAL_YES_OR_NO,
          "",
          "Whether URLs have the bucket in their path instead of the host name. Without this setting,"
              + " they do if there is an endpoint.");

  public static final Setting<Optional<BaseUrl>> MLFLOW =
      new Setting<>(
          "mlflow",
          "MLFLOW_TRACKING_URI", // the variable that MLflow's own programs read
          Format.BASE_URL_OR_NONE,
          "none",
          "URI of an MLflow tracking server, such as http://localhost:5000. The trainer records each"
              + " training there, and the API serves the version that the alias champion names. With"
              + " none, MLflow is not used.");

  /** The model store, and how it is reached if it is in a bucket. */
  public static final SettingGroup OF_STORAGE =
      SettingGroup.of(STORE, S3_ENDPOINT, S3_REGION, S3_PATH_STYLE);

  private AppSettings() {}
}
