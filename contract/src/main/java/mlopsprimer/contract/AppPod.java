package mlopsprimer.contract;

/** What the images, the pods and the apps must agree on. */
public final class AppPod {
  /** User id and group id of both apps in their containers. The model store belongs to them. */
  public static final int USER_ID = 10_001;

  /** Path at which the pods mount the volume that holds the model store. */
  public static final String STORE_PATH = "/models";

  /** TCP port on which the API listens inside its pod. */
  public static final int HTTP_PORT = 8080;

  /** Directory of the images that holds an app's jar and its jvm.options. */
  public static final String APP_PATH = "/app";

  private AppPod() {}
}
