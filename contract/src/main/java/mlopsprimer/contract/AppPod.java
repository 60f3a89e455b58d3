package mlopsprimer.contract;

/** Values that the images, the pods and the apps share. */
public final class AppPod {
  /** User id and group id of both apps in their containers. This user owns the model store. */
  public static final int USER_ID = 10_001;

  /** Path at which the pods mount the volume that holds the model store. */
  public static final String STORE_PATH = "/models";

  /** TCP port on which the API listens inside its pod. */
  public static final int HTTP_PORT = 8080;

  /** TCP port on which the API answers probes and serves its metrics inside its pod. */
  public static final int MANAGEMENT_PORT = 8081;

  /** Directory in an app's image that holds the app's jar and its jvm.options. */
  public static final String APP_PATH = "/app";

  /** Name of the file of a model in the model store. Each stored version has one. */
  public static final String MODEL_FILE = "model.bin";

  private AppPod() {}
}
